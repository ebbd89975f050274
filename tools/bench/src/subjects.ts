import subjects from "./subjects.json" with { type: "json" };

/** What a scenario may need that a library may not have. */
export type Feature =
  /** It holds a token between calls. */
  | "cache"
  /** It reads `expires_in` itself. */
  | "lifetime"
  /** It sends requests to the API and reacts to their 401. */
  | "retry"
  /** A caller can give up waiting. */
  | "signal"
  /** It renews with a refresh token. */
  | "refresh token"
  /** It makes the errors itself. */
  | "errors";

/** What a client is made for. */
interface ClientOptions {
  /** The scripted server's case: the token endpoint and the protected resource are below it. */
  readonly url: string;
  /** The client secret, API key or other proof of the client. */
  readonly secret: string;
  /** The refresh token to start with, for the scenario that rotates it. */
  readonly refreshToken?: string | undefined;
}

/** One library set up with one set of credentials. */
export interface Client {
  /** A valid access token, by the library's usual call. */
  getToken(this: void, signal?: AbortSignal): Promise<string>;
  /** The library's own call without a wrapper, for timing. Default: `getToken`. */
  readonly cached?: () => unknown;
  /** A synchronous way to the cached token. */
  readonly peek?: () => unknown;
  /** The library's own way of sending a request with the token attached, over this `fetch`; it may reject for a status that is not 2xx. */
  readonly request?: (send: typeof fetch) => (url: string) => Promise<{ readonly status: number }>;
  /** The same as a `fetch`, if the library has one. */
  readonly authorized?: (send: typeof fetch) => typeof fetch;
  /** The object that a program holds and might log. */
  readonly holder: unknown;
  /** What of it counts as a secret. Default: the secret it was made with. */
  readonly secrets?: readonly string[];
}

/** What the module of a library exports: sets it up with one set of credentials. */
export type CreateClient = (options: ClientOptions) => Client;

/** A library under measurement. */
interface Subject {
  /** What tables call it. */
  readonly label: string;
  /** Whether most readers know it. */
  readonly wellKnown?: boolean;
  /** The npm package that is measured. */
  readonly package: string;
  /** The exports that a program would import, for bundling; `from` where they are not the package's own. */
  readonly bundled: string;
  readonly from?: string;
  /** Features it lacks, and in a few words why. */
  readonly lacks: Readonly<Partial<Record<Feature, string>>>;
}

/** By the name of the module that sets the library up, in the order in which tables show them; ours comes first. */
export const SUBJECTS: Readonly<Record<string, Subject>> = subjects;

/** Their names. */
export const SUBJECT_IDS: readonly string[] = Object.keys(SUBJECTS);

/** What a table calls a library. */
export function label(id: string): string {
  return SUBJECTS[id]?.label ?? id;
}

/** The path from `tools/bench` of the module that sets a library up. */
export function subjectFile(id: string): string {
  return id === "ours" ? "src/subjects/ours.ts" : `peers/subjects/${id}.ts`;
}

/** Loads one library, into a process that loads no other. */
export async function loadSubject(id: string): Promise<CreateClient> {
  const file = new URL(`../${subjectFile(id)}`, import.meta.url);
  return (await import(file.href)).create;
}
