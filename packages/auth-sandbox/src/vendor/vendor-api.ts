import type { Acceptable, Credentials } from "../request/credentials.ts";
import type { Fault } from "../response/faults.ts";

/** How many requests a vendor received. */
export interface Counts {
  /** Requests to the token endpoint, including refused ones and those that met a fault. */
  readonly tokenRequests: number;
  /** Access tokens issued. */
  readonly tokensIssued: number;
  /** Requests to the protected resource, including refused ones and those that met a fault. */
  readonly resourceRequests: number;
  /** Requests that were refused for a reason other than a fault. */
  readonly refused: number;
}

/** One vendor of the sandbox. */
export interface SandboxVendor {
  /** The vendor's slug, such as the prefix of its path on a listening sandbox. */
  readonly name: string;
  /** Base URL to use with `sandbox.fetch`: the specification's sandbox server, else its first, else `https://<name>.invalid`. */
  readonly baseUrl: string;
  /** The grants that the vendor's token endpoint takes, the default of {@link SandboxVendor.credentials} first. */
  readonly grants: readonly string[];
  /**
   * Credentials that the vendor accepts, named as in the clients, with a `grant` member if there are several grants. For
   * `refresh_token` and `authorization_code`, each call issues a new one that works once. The type is unchecked: it is inferred
   * from the expected type, such as a client's credentials, and is otherwise a record of strings.
   *
   * @throws TypeError for a grant that the vendor does not have.
   */
  credentials<Named extends object = Credentials>(grant?: string): Named;
  /**
   * From now on accepts only these values of the named credentials, as when a secret is rotated: one, or several while the old
   * one is still valid. Issued tokens stay valid.
   *
   * @throws TypeError for a credential that the vendor does not have or that works once, and for a value that is not text.
   */
  accept(credentials: Acceptable): void;
  /** Lifetime of tokens issued from now on, in whole seconds. Setting anything else throws a TypeError. */
  lifetime: number;
  /**
   * Makes something go wrong with this vendor's responses from now on.
   *
   * @throws TypeError when a member is unknown or has a wrong value.
   * @see {@link Fault}
   */
  fault(fault: Fault): void;
  /** Ends all faults. */
  clearFaults(): void;
  /** Revokes an access token; `false` if it is not a valid one. Its refresh token stays valid. */
  revoke(accessToken: string): boolean;
  /** Revokes every valid access token and returns how many there were. Refresh tokens stay valid. */
  revokeAll(): number;
  /** How many requests were received since the start or the last reset; a copy, made when it is read. */
  readonly counts: Counts;
  /** Sets all counts to zero. */
  resetCounts(): void;
}
