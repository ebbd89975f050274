import type { Acceptable, Credentials } from "./credentials.ts";
import type { Fault } from "./faults.ts";

/** How many requests a vendor met. */
export interface Counts {
  /** Requests to the token endpoint, refused and faulty ones included. */
  readonly tokenRequests: number;
  /** Access tokens issued. */
  readonly tokensIssued: number;
  /** Requests to the protected resource, refused and faulty ones included. */
  readonly resourceRequests: number;
  /** Requests that were refused for what they were, not by a fault. */
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
   * Credentials that the vendor accepts, named as the clients name them, with a `grant` member where there are several grants.
   * For `refresh_token` and `authorization_code` each call mints a fresh one that works once. The type is the caller's word:
   * inferred where a client's credentials are expected, names and strings where nothing is.
   *
   * @throws TypeError for a grant that the vendor does not have.
   */
  credentials<Named extends object = Credentials>(grant?: string): Named;
  /**
   * Accepts these values from now on, and no others, of the credentials named, as when a secret is rotated: one, or several
   * while the old one is still good. Tokens that were issued stay good.
   *
   * @throws TypeError for a credential that the vendor does not have or that works once, and for a value that is not text.
   */
  accept(credentials: Acceptable): void;
  /** Whole seconds that tokens issued from now on live. Setting anything else throws a TypeError. */
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
  /** Revokes an access token; `false` when it is not a live one. Its refresh token stays good. */
  revoke(accessToken: string): boolean;
  /** Revokes every live access token and returns how many there were. Refresh tokens stay good. */
  revokeAll(): number;
  /** How many requests were met since the start or the last reset; a copy, taken when it is read. */
  readonly counts: Counts;
  /** Sets all counts to zero. */
  resetCounts(): void;
}
