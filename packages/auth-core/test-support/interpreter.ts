import type { AccessToken, AccessTokenInit } from "../src/access-token.ts";
import { createTokenCache, type TokenCache } from "../src/index.ts";
import { TokenRequestError } from "../src/token-request-error.ts";
import type { TokenSourceRequest } from "../src/token-source.ts";
import { ReferenceCache, type ReferenceFlight } from "./reference-cache.ts";

/** One thing that happens to a cache. */
export type Operation =
  | { readonly do: "getToken"; readonly signal: boolean; readonly forceRenew: boolean }
  | { readonly do: "abort"; readonly caller: number }
  | { readonly do: "invalidate"; readonly latest: boolean }
  | { readonly do: "advance"; readonly ms: number }
  | { readonly do: "age"; readonly part: number }
  | { readonly do: "adjustWall"; readonly ms: number }
  | { readonly do: "respondLate" }
  | { readonly do: "succeed"; readonly lifetime: number }
  | { readonly do: "fail"; readonly how: "network" | "rejected" | "throttled" | "malformed" | "foreign" };

interface Caller {
  readonly forceRenew: boolean;
  readonly controller: AbortController | undefined;
  outcome: AccessToken | undefined;
  error: unknown;
  settled: boolean;
}

interface Pending {
  readonly flight: ReferenceFlight | undefined;
  readonly resolve: (token: AccessTokenInit) => void;
  readonly reject: (error: unknown) => void;
}

const CODES = {
  network: "network_error",
  rejected: "invalid_client",
  throttled: "rate_limited",
  malformed: "malformed_response",
} as const;

/** Runs operations on a real cache and on the reference, and complains as soon as the two differ. */
export class Interpreter {
  readonly #model = new ReferenceCache();
  readonly #issued: string[] = [];
  readonly #callers: Caller[] = [];
  #pending: Pending | undefined;
  /** Requests whose deadline has passed, of a source that does not listen to its signal. */
  readonly #abandoned: Pending[] = [];
  #requests = 0;
  readonly #timers = new Set<{ readonly due: number; readonly callback: () => void }>();
  #failedLast = false;
  /** Callers in the model who wait: those who cannot leave count as well. */
  #waiting = new Set<Caller>();
  /** The wall clock's second in which the cache may still rely on its last look. */
  #looked = { at: Number.NaN };
  readonly #cache: TokenCache = createTokenCache((request) => this.#source(request), {
    clock: {
      now: () => this.#model.wall,
      monotonic: () => this.#model.monotonic,
      after: (ms, callback) => {
        const timer = { due: this.#model.monotonic + ms, callback };
        this.#timers.add(timer);
        return () => this.#timers.delete(timer);
      },
    },
  });

  constructor() {
    // Renewals come at known moments.
    Math.random = () => 0;
  }

  async run(operation: Operation): Promise<void> {
    const model = this.#model;
    switch (operation.do) {
      case "getToken":
        await this.#getToken(operation.signal, operation.forceRenew);
        break;
      case "abort":
        await this.#abort(operation.caller);
        break;
      case "invalidate": {
        const name = operation.latest ? this.#issued.at(-1) : this.#issued[0];
        if (name === undefined) break;
        this.#cache.invalidate(name);
        model.invalidate(name);
        break;
      }
      case "advance":
        await this.#pass(operation.ms);
        break;
      case "age": {
        // To the very tick at which a part of the lifetime is over.
        const ms = model.held
          ? Math.round(model.held.lifetime * operation.part) - model.elapsed(model.held)
          : 0;
        await this.#pass(Math.max(0, ms));
        break;
      }
      case "adjustWall": {
        // Landing in the second after the last look goes unnoticed until it is over, as held-token says.
        const landing = model.wall + operation.ms - this.#looked.at;
        if (!(landing >= 0 && landing < 1000)) model.wall += operation.ms;
        break;
      }
      case "respondLate":
        await this.#respondLate();
        break;
      case "succeed":
        await this.#settle((pending, flight) => this.#issue(pending, flight, operation.lifetime));
        break;
      case "fail":
        await this.#settle((pending) => this.#fail(pending, operation.how));
    }
    this.#compare();
  }

  #source(request: TokenSourceRequest): Promise<AccessTokenInit> {
    this.#requests++;
    check(this.#pending === undefined, "there is never more than one flight");
    return new Promise((resolve, reject) => {
      this.#pending = { flight: this.#model.flight, resolve, reject };
      request.signal.addEventListener("abort", () => {
        if (this.#pending) this.#abandoned.push(this.#pending);
        this.#pending = undefined;
      });
    });
  }

  async #getToken(withSignal: boolean, forceRenew: boolean): Promise<void> {
    const controller = withSignal ? new AbortController() : undefined;
    const expected = this.#model.getToken(forceRenew);
    const caller: Caller = { controller, forceRenew, outcome: undefined, error: undefined, settled: false };
    const signal = controller && { signal: controller.signal };
    this.#cache.getToken({ ...signal, forceRenew }).then(
      (token) => Object.assign(caller, { outcome: token, settled: true }),
      (error: unknown) => Object.assign(caller, { error, settled: true }),
    );
    this.#callers.push(caller);
    await turns();
    if (expected === "wait") this.#waiting.add(caller);
    check(
      caller.settled === (expected !== "wait"),
      `a caller ${expected === "wait" ? "waits" : "does not wait"}`,
    );
    if (expected === "token")
      check(caller.outcome?.accessToken === this.#model.held?.name, "a caller gets the held token");
    if (expected === "refused")
      check(caller.error instanceof TokenRequestError, "a caller gets the remembered refusal");
  }

  async #abort(index: number): Promise<void> {
    const caller = this.#callers[index % Math.max(1, this.#callers.length)];
    if (!caller?.controller || caller.settled) return;
    const others = [...this.#waiting].filter((other) => other !== caller);
    const reason = new Error("this caller's own reason");
    caller.controller.abort(reason);
    await turns();
    check(
      caller.settled && caller.error === reason,
      "a caller's abort ends its own wait with its own reason",
    );
    check(
      others.every(({ settled }) => !settled),
      "a caller's abort is never seen by another",
    );
    this.#waiting.delete(caller);
  }

  async #settle(respond: (pending: Pending, flight: ReferenceFlight) => void): Promise<void> {
    const pending = this.#pending;
    const { flight } = this.#model;
    if (!pending || !flight) return;
    this.#pending = undefined;
    respond(pending, flight);
    await this.#conclude(flight, this.#failedLast);
  }

  /** What callers see of the end of a flight. */
  async #conclude(flight: ReferenceFlight, failed: boolean): Promise<void> {
    const again = failed && flight.background && this.#waiting.size > 0;
    if (again && this.#model.retryInForeground() === "wait") {
      await turns();
      const patient = [...this.#waiting].every(({ settled }) => !settled);
      check(patient, "callers of a failed background flight wait for another");
      return;
    }
    await turns();
    for (const caller of this.#waiting) {
      check(caller.settled, "nobody waits after the flight has ended");
      if (!failed)
        check(caller.outcome?.accessToken === this.#issued.at(-1), "everybody gets the same token");
      else if (this.#model.valid() && !caller.forceRenew)
        check(
          caller.outcome?.accessToken === this.#model.held?.name,
          "a failure in the leeway hands out the token",
        );
      else check(caller.error !== undefined, "everybody gets the error");
    }
    this.#waiting.clear();
  }

  /** Lets time pass, and ends a flight at the very tick of its deadline. */
  async #pass(ms: number): Promise<void> {
    const model = this.#model;
    const until = model.monotonic + ms;
    for (const timer of this.#timers) {
      if (timer.due > until) continue;
      this.#timers.delete(timer);
      model.wall += timer.due - model.monotonic;
      model.monotonic = timer.due;
      const { flight } = model;
      check(flight !== undefined && timer.due === flight.monotonic + 60_000, "only a flight needs a timer");
      model.fail("transient");
      timer.callback();
      await this.#conclude(flight, true);
      this.#compare();
      await this.#pass(until - model.monotonic);
      return;
    }
    model.wall += until - model.monotonic;
    model.monotonic = until;
  }

  async #respondLate(): Promise<void> {
    const late = this.#abandoned.shift();
    if (!late?.flight) return;
    const name = `late-${this.#issued.length}`;
    if (this.#model.comeLate(name, 3_600_000, late.flight)) this.#issued.push(name);
    late.resolve({ accessToken: name, expiresAt: late.flight.wall + 3_600_000 });
    await turns();
  }

  #issue(pending: Pending, flight: ReferenceFlight, lifetime: number): void {
    const name = `token-${this.#issued.length}`;
    this.#issued.push(name);
    this.#model.succeed(name, lifetime, flight);
    this.#failedLast = this.#model.held?.name !== name;
    pending.resolve({ accessToken: name, expiresAt: flight.wall + lifetime });
  }

  #fail(pending: Pending, how: (Operation & { do: "fail" })["how"]): void {
    this.#failedLast = true;
    this.#model.fail(how === "rejected" || how === "throttled" ? how : "transient");
    if (how === "foreign") {
      pending.reject("not even an Error");
      return;
    }
    const retryAfter = how === "throttled" ? 120_000 : undefined;
    pending.reject(new TokenRequestError({ vendor: "test", code: CODES[how], detail: how, retryAfter }));
  }

  #compare(): void {
    const model = this.#model;
    check(
      this.#requests === model.requests,
      `${model.requests} requests are justified, ${this.#requests} were made`,
    );
    check(
      (this.#pending !== undefined) === (model.flight !== undefined),
      "a flight is under way exactly when it should",
    );
    const peeked = this.#cache.peek();
    if (model.fresh()) this.#looked.at = Math.min(model.wall, this.#lookedWithin(model.wall));
    check(
      peeked?.accessToken === (model.fresh() ? model.held?.name : undefined),
      "peek gives the token exactly while it is fresh",
    );
    if (peeked && model.held)
      check(model.elapsed(model.held) < model.held.lifetime, "an expired token is never returned");
  }

  /** When the look was taken on which the cache still relies. */
  #lookedWithin(wall: number): number {
    return wall - this.#looked.at < 1000 ? this.#looked.at : wall;
  }
}

function check(condition: boolean, promise: string): asserts condition {
  if (!condition) throw new Error(`broken promise: ${promise}`);
}

/** Enough turns of the microtask queue for everything that waits for nothing else. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await undefined;
}
