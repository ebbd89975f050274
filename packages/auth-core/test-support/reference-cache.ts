/** What a token cache must do, written as plainly as possible: one clock reading a decision, no promises. */
export interface ReferenceToken {
  readonly name: string;
  readonly requestedWall: number;
  readonly requestedMonotonic: number;
  readonly lifetime: number;
}

/** Since when a request is under way, and whether anybody waits for it. */
export interface ReferenceFlight {
  readonly background: boolean;
  readonly wall: number;
  readonly monotonic: number;
}

type Failure = "transient" | "rejected" | "throttled";

/** All in milliseconds. */
const LEEWAY = 60_000;
const THROTTLED = 120_000;
const LONGEST_PAUSE = 300_000;

export class ReferenceCache {
  wall: number = Date.UTC(2026, 0, 1);
  monotonic = 0;
  requests = 0;
  held: ReferenceToken | undefined;
  refused = false;
  flight: ReferenceFlight | undefined;
  #failures = 0;
  #rejections = 0;
  #refusedUntil = Number.NEGATIVE_INFINITY;
  #failedAt = Number.NEGATIVE_INFINITY;
  #renewAt = Number.NEGATIVE_INFINITY;

  elapsed(token: ReferenceToken): number {
    return Math.max(this.wall - token.requestedWall, this.monotonic - token.requestedMonotonic);
  }

  usable(): boolean {
    const { held } = this;
    if (!held || this.refused) return false;
    return this.elapsed(held) < held.lifetime - Math.min(LEEWAY, Math.round(held.lifetime / 10));
  }

  valid(): boolean {
    const { held } = this;
    return held !== undefined && !this.refused && this.elapsed(held) < held.lifetime;
  }

  fresh(): boolean {
    return (
      this.usable() &&
      this.elapsed(this.held as ReferenceToken) < Math.round((this.held as ReferenceToken).lifetime * 0.8)
    );
  }

  /** What a caller meets: the held token, the remembered refusal, or the wait for a flight. */
  getToken(forceRenew: boolean): "token" | "refused" | "wait" {
    if (!forceRenew && this.usable()) {
      if (!this.fresh() && !this.flight && this.monotonic >= this.#renewAt) this.#start(true);
      return "token";
    }
    const spare = !forceRenew && this.valid() ? "token" : "refused";
    const isRefused = this.refusing() && !(forceRenew && this.monotonic >= this.#failedAt + 1000);
    if (this.flight) return this.flight.background || !isRefused ? "wait" : spare;
    if (isRefused) return spare;
    this.#start(false);
    return "wait";
  }

  refusing(): boolean {
    return this.monotonic < this.#refusedUntil;
  }

  succeed(name: string, lifetime: number, { wall, monotonic }: ReferenceFlight): void {
    const token = { name, requestedWall: wall, requestedMonotonic: monotonic, lifetime };
    if (this.elapsed(token) >= lifetime) {
      this.fail("transient");
      return;
    }
    this.#hold(token);
    this.flight = undefined;
  }

  /** A token that comes after its flight was dropped: better than one that was requested earlier, if it is valid. */
  comeLate(name: string, lifetime: number, { wall, monotonic }: ReferenceFlight): boolean {
    const token = { name, requestedWall: wall, requestedMonotonic: monotonic, lifetime };
    if (this.held && monotonic <= this.held.requestedMonotonic) return false;
    if (this.elapsed(token) >= lifetime) return false;
    this.#hold(token);
    return true;
  }

  #hold(token: ReferenceToken): void {
    this.held = token;
    this.refused = false;
    this.#failures = 0;
    this.#rejections = 0;
    this.#refusedUntil = Number.NEGATIVE_INFINITY;
    this.#renewAt = Number.NEGATIVE_INFINITY;
  }

  fail(kind: Failure): void {
    this.flight = undefined;
    this.#failedAt = this.monotonic;
    this.#renewAt = this.monotonic + Math.min(30_000 * 2 ** this.#failures++, LONGEST_PAUSE);
    if (kind === "rejected") this.#refuse(Math.min(10_000 * 2 ** this.#rejections++, LONGEST_PAUSE));
    if (kind === "throttled") this.#refuse(THROTTLED);
    if (this.refusing()) this.#renewAt = Math.max(this.#renewAt, this.#refusedUntil);
  }

  /** Callers who waited for a failed background flight and have nothing else. */
  retryInForeground(): "refused" | "wait" {
    if (this.refusing()) return "refused";
    if (!this.flight) this.#start(false);
    return "wait";
  }

  invalidate(name: string): void {
    if (this.held?.name === name) this.refused = true;
  }

  #refuse(pause: number): void {
    this.#refusedUntil = this.monotonic + pause;
  }

  #start(background: boolean): void {
    this.requests++;
    this.flight = { background, wall: this.wall, monotonic: this.monotonic };
  }
}
