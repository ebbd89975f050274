import { nodeAt, step, type TokenOperation } from "@org/auth-spec";
import { schemaCheck } from "../src/request/schema-check.ts";

/** What the specification's schema for this status objects to in a body; empty when nothing. */
export function schemaProblems({ place }: TokenOperation, status: number, body: unknown): readonly string[] {
  const [found] = [String(status), `${Math.floor(status / 100)}XX`]
    .map((key) => step(place, "responses", key))
    .filter(({ value }) => value !== undefined);
  if (found === undefined) return [`status ${status} is not documented`];
  const [media] = Object.values(nodeAt(step(found, "content"))) as { schema?: object }[];
  if (media?.schema === undefined) return body === "" ? [] : ["no body is documented"];
  return schemaCheck(place.document, media.schema)(body);
}
