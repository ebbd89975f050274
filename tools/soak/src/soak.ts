import { setTimeout as wait } from "node:timers/promises";
import { authorizedFetch } from "@org/auth-core";
import { startProgram } from "@org/measure/child-process";
import { number } from "@org/measure/markdown";
import { between, seededRandom } from "@org/measure/random";
import { LIFETIME } from "./fault-plan.ts";
import type { SandboxFunctions } from "./sandbox-process.ts";
import { createTenants, TENANTS, TENANTS_VENDOR } from "./tenants.ts";
import { createTokenCache, VENDOR_NAMES } from "./vendors.ts";
import { createWitness, type Sightings, type Witness } from "./witness.ts";

/** How to soak. */
export interface SoakOptions {
  readonly seconds: number;
  readonly seed: number;
  /** Concurrent callers of each vendor. */
  readonly callers: number;
  /** Default: as many as the vendor accepts. */
  readonly tenants?: number;
  /** Told of the progress, line by line. */
  readonly print: (line: string) => void;
  /** Makes the caches. Default: those of the vendors' own clients. */
  readonly createTokenCache?: typeof createTokenCache;
}

/** What a soak found. */
export type SoakResult = Awaited<ReturnType<typeof soak>>;

/** What callers call again and again. */
interface Subject {
  readonly witness: Witness;
  /** Milliseconds between two calls of one caller, at most. */
  readonly longestPause: number;
  call(random: () => number): Promise<unknown>;
}

const PROGRESS_EVERY = 5000;
/** Part of the time in which connections are opened and code is compiled, before the heap is measured. */
const WARM_UP = 0.1;
/** Calls for different tenants that are under way together before the heap is measured. */
const TENANTS_AT_ONCE = 50;
/** One call in this many is given up by its caller. */
const GIVEN_UP_SHARE = 0.02;
const LONGEST_PATIENCE = 50;

/** Lets many callers call every vendor while the sandbox, in another process, makes things go wrong. */
export async function soak(options: SoakOptions) {
  const unhandledRejections: unknown[] = [];
  const onUnhandled = (reason: unknown) => void unhandledRejections.push(reason);
  process.on("unhandledRejection", onUnhandled);
  const { functions: sandbox, kill } = startProgram<SandboxFunctions>(
    new URL("sandbox-process.ts", import.meta.url),
  );
  try {
    const clientIds = Array.from({ length: options.tenants ?? TENANTS }, (_, number) => `tenant-${number}`);
    const { url, tenantsUrl } = await sandbox.start(options.seed, TENANTS_VENDOR, clientIds);
    const create = options.createTokenCache ?? createTokenCache;
    const subjects = VENDOR_NAMES.map((name) => {
      const witness = createWitness(LIFETIME * 1000, globalThis.fetch);
      const { onEvent, tokenFetch, resourceFetch } = witness;
      const baseUrl = `${url}/${name}`;
      const credentials = () => sandbox.credentials(name);
      const tokens = create(name, credentials, { baseUrl, onEvent, fetch: tokenFetch });
      const fetch = authorizedFetch(tokens, { fetch: resourceFetch });
      const call = (random: () => number) => {
        const isImpatient = random() < GIVEN_UP_SHARE;
        const signal = isImpatient ? AbortSignal.timeout(between(random, 0, LONGEST_PATIENCE)) : null;
        return witness.watch(() => fetch(`${baseUrl}/whoami`, { signal }), signal);
      };
      return { name, witness, longestPause: 2000, call };
    });
    const secret = () => sandbox.tenantsCredentials(TENANTS_VENDOR);
    const tenants = createTenants(clientIds, tenantsUrl, secret);
    const all = [{ ...tenants, longestPause: 1000 }, ...subjects];
    const tellProgress = (elapsed: number) => options.print(progressLine(elapsed, subjects));

    await callFor(options.seconds * WARM_UP, options.seed, options.callers, all, tellProgress);
    // So that all of their caches exist.
    const callForSome = async () => {
      for (let calls = 0; calls < clientIds.length / TENANTS_AT_ONCE; calls++) await tenants.call();
    };
    await Promise.all(Array.from({ length: TENANTS_AT_ONCE }, callForSome));
    const heapBefore = heapInUse();
    await callFor(options.seconds * (1 - WARM_UP), options.seed + 1, options.callers, all, tellProgress);
    // A promise that was rejected last is only reported when it has not been handled by then.
    await wait(100);
    const heapAfter = heapInUse();

    const report = await sandbox.report();
    const vendors: Record<string, Sightings & (typeof report)[string]> = {};
    for (const { name, witness } of subjects) {
      const reported = report[name];
      if (reported) vendors[name] = { ...witness.sightings, ...reported };
    }
    const { calls, errors, foreignErrors } = tenants.witness.sightings;
    const ofTenants = { calls, errors, foreignErrors, mixedUp: tenants.mixedUp() };
    return { vendors, tenants: ofTenants, unhandledRejections, heapBefore, heapAfter };
  } finally {
    process.off("unhandledRejection", onUnhandled);
    await kill();
  }
}

async function callFor(
  seconds: number,
  seed: number,
  callers: number,
  subjects: readonly Subject[],
  tellProgress: (elapsed: number) => void,
): Promise<void> {
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1000;
  const progress = setInterval(() => tellProgress(elapsed()), PROGRESS_EVERY);
  const seeds = seededRandom(seed);
  const keepCalling = async ({ call, longestPause }: Subject) => {
    const random = seededRandom(seeds() * 2 ** 32);
    while (elapsed() < seconds) {
      await wait(between(random, 0, longestPause));
      await call(random);
    }
  };
  await Promise.all(Array.from({ length: callers }, () => subjects.map(keepCalling)).flat());
  clearInterval(progress);
}

function progressLine(elapsed: number, subjects: readonly Pick<Subject, "witness">[]): string {
  const sum = (of: (sightings: Sightings) => number) =>
    number(subjects.reduce((total, { witness }) => total + of(witness.sightings), 0));
  const errors = sum(({ errors }) => [...errors.values()].reduce((total, count) => total + count, 0));
  return `${Math.round(elapsed)} s: ${sum(({ calls }) => calls)} calls, ${errors} errors seen by callers`;
}

function heapInUse(): number {
  // Once is not enough for what a finalizer releases.
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
