import type { OpenAPIBackend } from "openapi-backend";
import { editAt, expressionPath, readAt } from "./expression.ts";
import { type Answer, jsonAnswer } from "./messages.ts";
import { examplesOf, type Operation, preferredMediaType, type ResponseObject } from "./openapi.ts";

/** How a token operation refuses. */
export interface RefusalSpec {
  /** The first of these statuses that the specification documents by its number, else the first of all. */
  choose(...statuses: readonly [number, ...number[]]): number;
  /** An answer with this status and, where the specification documents a body for it, that body. */
  answer(status: number, exampleName?: string): Answer;
  /** Names of the error examples. */
  readonly exampleNames: readonly string[];
}

/** Reads the error answers of a token operation. */
export function readRefusals(backend: OpenAPIBackend, operation: Operation): RefusalSpec {
  const responses = operation.responses ?? {};

  function answer(status: number, exampleName?: string): Answer {
    const keys = [String(status), `${Math.floor(status / 100)}XX`, "default"];
    const key = keys.find((candidate) => candidate in responses);
    const response = key === undefined ? undefined : responses[key];
    const mediaType = preferredMediaType(response?.content);
    if (key === undefined || response === undefined || mediaType === undefined) {
      return { status, headers: {}, body: "" };
    }
    const body =
      examplesOf(response.content?.[mediaType] ?? {})[exampleName ?? ""] ?? mockBody(key, mediaType);
    return jsonAnswer(status, withStatus(body, response, status), mediaType);
  }

  function mockBody(key: string, mediaType: string): unknown {
    // The library types the code as a number but looks it up as a key, which is how it finds `4XX`.
    const code = key as unknown as number;
    return backend.mockResponseForOperation(operation.operationId ?? "", { code, mediaType }).mock;
  }

  return {
    answer,
    choose: (...statuses) => statuses.find((status) => String(status) in responses) ?? statuses[0],
    exampleNames: Object.entries(responses)
      .filter(([key]) => !key.startsWith("2"))
      .flatMap(([, response]) =>
        Object.values(response.content ?? {}).flatMap((media) => Object.keys(examplesOf(media))),
      ),
  };
}

// Where the vendor repeats the HTTP status in the body, an example for another status of the same range must not contradict it.
function withStatus(body: unknown, response: ResponseObject, status: number): unknown {
  for (const mapping of [response["x-token-error"] ?? []].flat()) {
    const path = expressionPath(mapping.code);
    const code = path && readAt(body, path);
    if (path && Number.isInteger(code) && Number(code) >= 100 && Number(code) <= 599) {
      return editAt(body, path, () => status);
    }
  }
  return body;
}
