/** Where the caches of a fleet keep their tokens. */
export type StoreSetup =
  | { readonly kind: "redis"; readonly url: string }
  | { readonly kind: "file"; readonly folder: string }
  | { readonly kind: "none" };

/** A step of a renewal: the store was read, the lock was taken, a response was received, it was stored, all is done. */
export type Step = "look" | "lock" | "received" | "stored" | "released";

/** One cache in every process of a fleet. */
export interface CacheSetup {
  /** What the cache is called in later requests. */
  readonly name: string;
  readonly vendor: "stonex" | "contit";
  readonly baseUrl: string;
  readonly credentials: object;
  /** Where the client secret is read for each token request, as one that a secrets manager writes there. */
  readonly secretFile?: string | undefined;
  readonly store: StoreSetup;
  /** After which step of the next renewal, if that file is there then, the process does nothing more but remove the file. */
  readonly haltAfter?: { readonly step: Step; readonly file: string } | undefined;
  /** Default: derived from the credentials. */
  readonly storeKey?: string | undefined;
}

/** What a process is asked to do with a cache. */
export type Task =
  | { readonly do: "open"; readonly setup: CacheSetup }
  /** So many callers at once, each with one call. */
  | { readonly do: "call"; readonly cache: string; readonly callers: number }
  /** So many callers, each with a call every `pause` milliseconds, for `duration` milliseconds. */
  | {
      readonly do: "call for";
      readonly cache: string;
      readonly callers: number;
      readonly pause: number;
      readonly duration: number;
    }
  /** So many callers at once, each with one authorized request to the vendor's protected resource. */
  | { readonly do: "fetch"; readonly cache: string; readonly callers: number };

/** What came of a task. */
export interface Outcome {
  readonly calls: number;
  /** What the calls that failed threw, each message once. */
  readonly errors: readonly string[];
  readonly failed: number;
  /** The tokens that callers got, hashed. */
  readonly tokens: readonly string[];
  /** The longest that a call took, in milliseconds. */
  readonly slowest: number;
  /** How often each type of event was told of, since the process started. */
  readonly events: Readonly<Record<string, number>>;
}

/** Parent to process. */
export interface TaskMessage {
  readonly id: number;
  readonly task: Task;
}

/** Process to parent. */
export interface OutcomeMessage {
  readonly id: number;
  readonly outcome?: Outcome;
  readonly problem?: string;
}
