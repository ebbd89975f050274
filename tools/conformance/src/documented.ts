import type { TokenRefusal, TokenSuccess } from "@org/auth-spec";

const BODY = "$response.body#";
const HEADER = "$response.header.";

/** The members of a token that the example of a success contains, by their names in RFC 6749; those of its first example by default. */
export function tokenMembers(
  { mapping, examples, headers }: TokenSuccess,
  name: string = Object.keys(examples)[0] ?? "",
): Record<string, unknown> {
  return evaluate(mapping, examples[name], headers);
}

/** A vendor's own words as the members of `TokenRequestError` that contain them. */
export type VendorWords = Partial<Record<"vendorCode" | "vendorReason" | "vendorMessage", string>>;

/** What a body of a refusal says, by the first of its mappings that finds any member. */
export function vendorWords({ mappings, headers }: TokenRefusal, body: unknown): VendorWords | undefined {
  const said = mappings
    .map((mapping) => evaluate(mapping, body, headers))
    .find((members) => Object.values(members).some((value) => value !== undefined));
  return said && wordsIn({ vendorCode: said.code, vendorReason: said.reason, vendorMessage: said.message });
}

/** A vendor's words among other members, all as text. */
export function wordsIn(members: Partial<Record<keyof VendorWords, unknown>>): VendorWords {
  const { vendorCode, vendorReason, vendorMessage } = members;
  const words = Object.entries({ vendorCode, vendorReason, vendorMessage })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]);
  return Object.fromEntries(words);
}

/** A status that a server may send: for a range or `default`, one that it covers. */
export function statusOf(status: string): number {
  return Number(status.replace("XX", "00").replace("default", "500"));
}

/** A documented moment: ISO 8601 in both kinds of offset, or seconds or milliseconds since the epoch. */
export function momentOf(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (Number.isNaN(number)) return Date.parse(String(value).replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
  return number < 100_000_000_000 ? number * 1000 : number;
}

/** What the constants and runtime expressions of a mapping yield. */
function evaluate(
  mapping: object,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const values = Object.entries(mapping).map(([member, value]) => [
    member,
    typeof value === "string" ? at(body, value, headers) : value.constant,
  ]);
  return Object.fromEntries(values);
}

/** Follows a JSON pointer, into strings of JSON too. */
function at(body: unknown, expression: string, headers: Readonly<Record<string, string>>): unknown {
  if (expression.startsWith(HEADER))
    return new Headers(headers).get(expression.slice(HEADER.length)) ?? undefined;
  const segments = expression.slice(BODY.length).split("/").slice(1);
  return segments.reduce<unknown>((node, segment) => {
    const container = typeof node === "string" ? JSON.parse(node) : node;
    return container?.[segment.replaceAll("~1", "/").replaceAll("~0", "~")];
  }, body);
}
