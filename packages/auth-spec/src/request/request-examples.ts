import { isNode, memberOf, type Place, textOf } from "../document.ts";
import { exampleValues } from "../schema.ts";
import type { RequestMember } from "./request-members.ts";

/** A documented token request: what a caller passes to make it. */
export interface RequestExample {
  /** The example's name in the specification, `example` if it has none. */
  readonly name: string;
  /** `undefined` if the operation has no request body. */
  readonly mediaType: string | undefined;
  /** Credentials by name, with a `grant` if there are several. */
  readonly credentials: Readonly<Record<string, string>>;
}

/** The body of a request in one media type. */
interface Body {
  readonly mediaType: string;
  readonly content: Place;
}

/**
 * The requests that a specification shows for a grant. A required credential without a value in any example is
 * `example-<its name>`.
 */
export function readExamples(
  grant: string,
  isOneOfSeveral: boolean,
  bodies: readonly Body[],
  members: readonly RequestMember[],
): RequestExample[] {
  const shownIn = (content: Place) => {
    const examples = exampleValues(content).filter(([, value]) => isFor(grant, value));
    return examples.length > 0 ? examples : [["example", undefined] as const];
  };
  const all = bodies.flatMap(({ mediaType, content }) =>
    shownIn(content).map(([name, value]) => ({ name, mediaType: mediaType as string | undefined, value })),
  );
  const none = { name: "example", mediaType: undefined, value: undefined };
  return (all.length > 0 ? all : [none]).map(({ name, mediaType, value }) => ({
    name,
    mediaType,
    credentials: { ...(isOneOfSeveral && { grant }), ...credentialsIn(value, members) },
  }));
}

function credentialsIn(body: unknown, members: readonly RequestMember[]): Record<string, string> {
  const found = new Map<string, string>();
  for (const { in: place, path, credential, samples } of members) {
    if (!credential) continue;
    const [sample] = samples ?? [];
    const isShown = place === "body" && body !== undefined;
    const given = isShown ? path.reduce(memberOf, body) : sample;
    const value = given ?? (credential.required ? (sample ?? `example-${credential.name}`) : undefined);
    // No credential may be empty.
    if (value !== undefined && value !== "" && !found.has(credential.name)) {
      found.set(credential.name, textOf(value));
    }
  }
  return Object.fromEntries(found);
}

function isFor(grant: string, body: unknown): boolean {
  return !isNode(body) || body.grant_type === undefined || body.grant_type === grant;
}
