import type { Clock } from "../src/clock.ts";
import { memoryStore } from "../src/store/memory-store.ts";
import type { TokenStore } from "../src/store/token-store.ts";
import { TokenRequestError } from "../src/token-request-error.ts";
import type { TokenCache } from "../src/token-source.ts";
import { credentialsFor, type Passage, rotatingVendor } from "./rotating-vendor.ts";
import { steppedClock } from "./stepped-clock.ts";

/** What happens to a request on its way. The response of one that is `lost` never comes, of one that is `cut` a reset. */
export type Fate = "slow" | "unsent" | "cut" | "cut later" | "lost" | "garbled";

/** One thing that happens to processes that share a login. `who` is one of them. */
export type ChainOperation =
  | { readonly do: "getToken"; readonly who: number; readonly signal: boolean; readonly forceRenew: boolean }
  | { readonly do: "abort"; readonly caller: number }
  | { readonly do: "revoke" }
  | { readonly do: "advance"; readonly ms: number }
  | { readonly do: "meet"; readonly fate: Fate }
  | { readonly do: "rotate"; readonly told: readonly boolean[] }
  | { readonly do: "tell"; readonly who: number }
  | { readonly do: "lock"; readonly ms: number }
  | { readonly do: "restart"; readonly who: number };

/** What a run begins with. */
export interface Setting {
  readonly grant: keyof typeof credentialsFor;
  readonly isShared: boolean;
}

interface Caller {
  readonly who: number;
  readonly since: number;
  readonly controller: AbortController | undefined;
  settled: boolean;
}

const PROCESSES = 3;
const KEY = "k";
/** A flight in the background and one of its own, each with its deadline, in milliseconds. */
const LONGEST_WAIT = 121_000;
const LONGEST_PAUSE = 300_000;
const HOUR = 3_600_000;

/** Runs operations on the caches of several processes, from callers to the vendor, and complains of a broken promise. */
export class ChainInterpreter {
  readonly #clock: Clock & ReturnType<typeof steppedClock> = steppedClock();
  readonly #setting: Setting;
  readonly #store: TokenStore;
  readonly #callers: Caller[] = [];
  readonly #fates: Fate[] = [];
  readonly #expiry = new Map<string, number>();
  readonly #revoked = new Set<string>();
  readonly #vendor: ReturnType<typeof rotatingVendor>;
  readonly #caches: TokenCache[];
  /** The secret that each process would use now. */
  readonly #told: string[] = Array.from({ length: PROCESSES }, () => "s0");
  #secrets = 0;
  #underWay = 0;
  #rotatedAt = Number.NEGATIVE_INFINITY;
  /** Whether anything went wrong that a caller may hear of. */
  #isDisturbed = false;
  /** Whether a response did not come, which may cost a login. */
  #isLost = false;

  constructor(setting: Setting) {
    // Polls rarely, and so that there is a spread.
    Math.random = () => 0.9;
    this.#setting = setting;
    this.#store = memoryStore({ clock: this.#clock });
    this.#vendor = rotatingVendor(this.#clock, (at) => this.#passage(at));
    // Without a store the login is lost at a restart, and no other process knows it.
    this.#caches = this.#told.slice(0, setting.isShared ? PROCESSES : 1).map((_, who) => this.#start(who));
  }

  async run(operation: ChainOperation): Promise<void> {
    switch (operation.do) {
      case "getToken":
        this.#getToken(operation.who, operation.signal, operation.forceRenew);
        break;
      case "abort":
        this.#callers[operation.caller % Math.max(1, this.#callers.length)]?.controller?.abort("left");
        break;
      case "revoke":
        for (const token of this.#expiry.keys()) this.#revoked.add(token);
        for (const cache of this.#caches) cache.invalidate(`t${this.#vendor.issued}`);
        break;
      case "advance":
        await this.#clock.pass(operation.ms);
        break;
      case "meet":
        this.#fates.push(operation.fate);
        break;
      case "rotate":
        this.#rotate(operation.told);
        break;
      case "tell":
        this.#told[operation.who] = this.#vendor.accepted;
        break;
      case "lock":
        this.#isDisturbed = true;
        await this.#store.lock(KEY, operation.ms);
        break;
      case "restart":
        // One that is killed with a request on its way may take a refresh token along; that is another test.
        if (
          this.#setting.isShared &&
          this.#underWay === 0 &&
          !this.#callers.some(({ who, settled }) => who === operation.who && !settled)
        )
          this.#caches[operation.who] = this.#start(operation.who);
    }
    await this.#clock.settle();
    this.#check();
  }

  /** Lets everything end well, and expects that it does. */
  async end(): Promise<void> {
    this.#fates.length = 0;
    await this.#clock.pass(LONGEST_WAIT);
    this.#check();
    check(
      this.#callers.every(({ settled }) => settled),
      "nobody waits for ever",
    );
    this.#told.fill(this.#vendor.accepted);
    await this.#clock.pass(LONGEST_PAUSE + HOUR);
    const last = Promise.all(this.#caches.map((cache) => outcomeOf(cache)));
    await this.#clock.pass(LONGEST_WAIT);
    for (const outcome of await last) {
      const isOver = outcome === "authorization_required" && this.#isLost;
      check(isOver || outcome === "a token", `a token is had in the end, not ${outcome}`);
    }
    this.#check();
  }

  #start(who: number): TokenCache {
    const credentials = async () => ({
      ...credentialsFor[this.#setting.grant],
      clientSecret: this.#told[who],
    });
    const storeKey = async () =>
      `${KEY}${this.#setting.grant === "client_credentials" ? this.#told[who] : ""}`;
    const { isShared } = this.#setting;
    return this.#vendor.cache(credentials, isShared ? { store: this.#store, storeKey } : {});
  }

  #getToken(one: number, withSignal: boolean, forceRenew: boolean): void {
    const who = this.#setting.isShared ? one : 0;
    const controller = withSignal ? new AbortController() : undefined;
    const caller: Caller = { who, since: this.#clock.monotonic(), controller, settled: false };
    this.#callers.push(caller);
    const over = () => {
      caller.settled = true;
      check(this.#clock.monotonic() - caller.since <= LONGEST_WAIT, "a caller waits two minutes at most");
    };
    this.#caches[who]?.getToken({ signal: controller?.signal, forceRenew }).then(
      ({ accessToken }) => {
        over();
        const expiry = this.#expiry.get(accessToken) ?? 0;
        this.#promise(this.#clock.monotonic() < expiry, "an expired token is never handed out");
      },
      (error: unknown) => {
        over();
        if (error === "left") return;
        this.#promise(error instanceof TokenRequestError, `an error is a TokenRequestError, not ${error}`);
        this.#promise(this.#isDisturbed, `no error while nothing is wrong, not ${error}`);
      },
    );
  }

  #rotate(told: readonly boolean[]): void {
    this.#vendor.accepted = `s${++this.#secrets}`;
    for (const who of this.#told.keys()) if (told[who]) this.#told[who] = this.#vendor.accepted;
    // Twice within one renewal is more than one more try makes good.
    if (told.includes(false) || this.#clock.monotonic() < this.#rotatedAt + 60_000) this.#isDisturbed = true;
    this.#rotatedAt = this.#clock.monotonic();
  }

  async #passage(at: Passage): Promise<void> {
    const fate = at === "sent" ? this.#fates[0] : this.#fates.shift();
    if (at === "acted") {
      this.#expiry.set(`t${this.#vendor.issued}`, this.#clock.monotonic() + this.#vendor.lifetime * 1000);
    }
    this.#underWay++;
    try {
      await this.#meet(at, fate);
    } finally {
      this.#underWay--;
    }
  }

  async #meet(at: Passage, fate: Fate | undefined): Promise<void> {
    const code = { unsent: "ECONNREFUSED", cut: "ECONNRESET", "cut later": "ECONNRESET" }[fate as "cut"];
    this.#vendor.garbled = at === "sent" && fate === "garbled";
    // Who waits for the lock for three seconds and has nothing else to send gives up.
    const mayWait = this.#setting.grant === "client_credentials" || !this.#setting.isShared;
    if (fate !== undefined && !(fate === "slow" && mayWait)) this.#isDisturbed = true;
    if (fate !== undefined && fate !== "slow" && fate !== "unsent") this.#isLost = true;
    await this.#wait(fate === "slow" ? 4000 : 50);
    if (at === "sent" ? fate === "unsent" || fate === "cut" : fate === "cut later") {
      if (at === "sent") this.#fates.shift();
      throw Object.assign(new Error("fetch failed"), { code });
    }
    if (fate === "lost" && at === "acted") await this.#wait(30_000);
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.#clock.after(ms, resolve));
  }

  readonly #broken: string[] = [];

  /** A promise is found broken where an error would go unnoticed, so the error is thrown at the next check. */
  #promise(isKept: boolean, promise: string): void {
    if (!isKept) this.#broken.push(promise);
  }

  #check(): void {
    check(this.#vendor.reused.length === 0, "what is good for one use is never sent again");
    check(this.#broken.length === 0, this.#broken[0] ?? "");
  }
}

function outcomeOf(cache: TokenCache): Promise<string> {
  return cache.getToken().then(
    () => "a token",
    ({ code }: TokenRequestError) => code,
  );
}

function check(isKept: boolean, promise: string): asserts isKept {
  if (!isKept) throw new Error(`broken promise: ${promise}`);
}
