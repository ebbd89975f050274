import { children, nodeAt, type Place, step, type TokenOperation, typesOf } from "@org/auth-spec";
import { absentMembers, bodyDeviations, parsedJson } from "./body-deviations.ts";
import type { Deviation, Received } from "./deviation.ts";
import { timeDeviations } from "./time-deviations.ts";

/** How a response compares with its specification. */
export interface Comparison {
  readonly deviations: readonly Deviation[];
  /** The documented members that are optional and were not sent. */
  readonly absent: readonly string[];
}

/** Compares a response, of a token or of a refusal, with what the specification says. */
export function compareResponse(operation: TokenOperation, received: Received): Comparison {
  const { status, headers } = received;
  const documented = children(step(operation.place, "responses"));
  const keys = [String(status), `${Math.floor(status / 100)}XX`, "default"];
  const [key, response] = keys.flatMap((one) => documented.filter(([name]) => name === one))[0] ?? [];
  if (key === undefined || response === undefined) {
    const expected = `one of ${documented.map(([name]) => name).join(", ")}`;
    const place = "status";
    return {
      deviations: [{ kind: "undocumented-status", place, expected, received: String(status) }],
      absent: [],
    };
  }
  const content = contentOf(response, received);
  const mapping = key === operation.success.status ? operation.success.mapping : undefined;
  return {
    deviations: [
      ...headerDeviations(response, headers),
      ...content.deviations,
      ...timeDeviations(mapping, received),
    ],
    absent: content.absent,
  };
}

function contentOf(response: Place, { headers, text }: Received): Comparison {
  const documented = children(step(response, "content"));
  const given = headers.get("content-type") ?? "none";
  const [type, media] = documented.find(([one]) => essence(one) === essence(given)) ?? [];
  // If no body is documented, any will do.
  if (documented.length === 0) return { deviations: [], absent: [] };
  if (type === undefined || media === undefined) {
    const expected = documented.map(([one]) => one).join(" or ");
    const place = "header Content-Type";
    return { deviations: [{ kind: "media-type", place, expected, received: given }], absent: [] };
  }
  const schema = step(media, "schema");
  const body = /\bjson$/.test(essence(type)) ? parsedJson(text) : text;
  if (body !== undefined)
    return { deviations: bodyDeviations(body, schema), absent: absentMembers(body, schema) };
  const deviation = {
    kind: "wrong-type",
    place: "body /",
    expected: "JSON",
    received: "other text",
  } as const;
  return { deviations: [deviation], absent: [] };
}

/** A media type without its parameters. */
function essence(type: string): string {
  return type.split(";")[0]?.trim().toLowerCase() ?? "";
}

/** Headers that HTTP itself, browsers and tracing define: no description of a token endpoint lists them. */
const STANDARD =
  /^(accept-(ranges|ch|patch|post)|access-control-.*|age|allow|alt-svc|cache-control|clear-site-data|connection|content-.*|cross-origin-.*|date|etag|expect-ct|expires|keep-alive|last-modified|link|nel|origin-agent-cluster|permissions-policy|pragma|proxy-.*|referrer-policy|report-to|reporting-endpoints|retry-after|server|server-timing|strict-transport-security|timing-allow-origin|traceparent|tracestate|trailer|transfer-encoding|upgrade|vary|via|warning|www-authenticate|x-content-type-options|x-dns-prefetch-control|x-download-options|x-frame-options|x-permitted-cross-domain-policies|x-powered-by|x-xss-protection)$/;

function headerDeviations(response: Place, headers: Headers): Deviation[] {
  const documented = children(step(response, "headers"));
  const names = documented.map(([name]) => name.toLowerCase());
  const found = documented.flatMap(([name, place]): Deviation[] => {
    const value = headers.get(name);
    const types = typesOf(step(place, "schema"));
    const shown = { place: `header ${name}`, expected: types.join(" or ") };
    if (value === null) {
      return nodeAt(place).required === true
        ? [{ kind: "missing-header", ...shown, received: "nothing" }]
        : [];
    }
    return types.some((type) => isHeaderOfType(value, type))
      ? []
      : [{ kind: "wrong-type", ...shown, received: "other text" }];
  });
  const undocumented = [...headers.keys()]
    .filter((name) => !names.includes(name) && !STANDARD.test(name))
    .map((name): Deviation => {
      const expected = documented.length > 0 ? `one of ${documented.map(([one]) => one).join(", ")}` : "none";
      return { kind: "undocumented-header", place: `header ${name}`, expected, received: "one" };
    });
  return [...found, ...undocumented];
}

function isHeaderOfType(value: string, type: string): boolean {
  if (type === "integer") return /^[+-]?\d+$/.test(value);
  if (type === "number") return value.trim() !== "" && Number.isFinite(Number(value));
  return type === "boolean" ? /^(true|false)$/.test(value) : true;
}
