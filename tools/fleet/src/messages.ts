/** Where the caches of a fleet keep their tokens. */
export type StoreSetup =
  | { readonly kind: "redis"; readonly url: string }
  | { readonly kind: "file"; readonly folder: string }
  | { readonly kind: "none" };

/** A step of a renewal: an operation of the store and its lock, or that the vendor's response was received. */
export type Step = "get" | "lock" | "received" | "set" | "release";

/** One cache in every process of a fleet. */
export interface CacheSetup {
  /** What the cache is called in later requests. */
  readonly name: string;
  readonly vendor: "stonex" | "contit";
  readonly baseUrl: string;
  readonly credentials: object;
  /** Where the client secret is read for each token request, like one that a secrets manager writes there. */
  readonly secretFile?: string | undefined;
  readonly store: StoreSetup;
  /** The step of the next renewal after which the process halts, if the file exists then. It removes the file first. */
  readonly haltAfter?: { readonly step: Step; readonly file: string } | undefined;
  /** Default: derived from the credentials. */
  readonly storeKey?: string | undefined;
}

/** What callers in a process do with a cache. */
export interface Task {
  /** Get a token, or send an authorized request to the vendor's protected resource. */
  readonly do: "call" | "fetch";
  readonly cache: string;
  /** How many at the same time. */
  readonly callers: number;
  /** In milliseconds: how long each calls again and again. Default: one call each. */
  readonly duration?: number;
  /** Milliseconds between two calls of one caller. */
  readonly pause?: number;
}

/** The result of a task. */
export interface Outcome {
  readonly calls: number;
  /** What the calls that failed threw, each message once. */
  readonly errors: readonly string[];
  readonly failed: number;
  /** The tokens that callers got, hashed. */
  readonly tokens: readonly string[];
  /** The longest that a call took, in milliseconds. */
  readonly slowest: number;
  /** How often each type of event was reported since the process started. */
  readonly events: Readonly<Record<string, number>>;
}

/** What a process of a fleet does for its parent. */
export interface MemberFunctions {
  /** Makes a cache. */
  open(setup: CacheSetup): Promise<void>;
  /** Does a task. Rejects when it is impossible. */
  ask(task: Task): Promise<Outcome>;
}
