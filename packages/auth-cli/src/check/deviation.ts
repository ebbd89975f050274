/** A difference between a response and its specification. It never contains a value of the response. */
export interface Deviation {
  readonly kind:
    | "undocumented-status"
    | "media-type"
    | "undocumented-header"
    | "missing-header"
    | "undocumented-member"
    | "missing-member"
    | "wrong-type"
    | "wrong-value"
    | "lifetime"
    | "clock";
  /** Such as `"body /data/expires_in"` or `"header X-Request-Id"`; empty for the token as a whole. */
  readonly place: string;
  readonly expected: string;
  readonly received: string;
}

/** A token endpoint's response, and when it came. */
export interface Received {
  readonly url: string;
  readonly method: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly sentAt: number;
  readonly receivedAt: number;
}
