import { setTimeout as wait } from "node:timers/promises";
import { authorizedFetch } from "@org/auth-core";
import { startProgram } from "@org/measure/child-process";
import { number } from "@org/measure/markdown";
import { between, seededRandom } from "@org/measure/random";
import { LIFETIME } from "./fault-plan.ts";
import type { SandboxFunctions } from "./sandbox-process.ts";
import { createTenants, TENANTS, TENANTS_VENDOR, type Tenants } from "./tenants.ts";
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

interface Subject {
  readonly name: string;
  readonly url: string;
  readonly witness: Witness;
  readonly fetch: ReturnType<typeof authorizedFetch>;
}

const PROGRESS_EVERY = 5000;
/** Part of the time in which connections are opened and code is compiled, before the heap is measured. */
const WARM_UP = 0.1;
/** Milliseconds between two calls of one caller, at most. */
const LONGEST_PAUSE = 2000;
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
      return { name, url: `${baseUrl}/whoami`, witness, fetch };
    });

    const secret = () => sandbox.tenantsCredentials(TENANTS_VENDOR);
    const tenants = createTenants(clientIds, tenantsUrl, secret);
    await callFor(options.seconds * WARM_UP, options.seed, subjects, tenants, options);
    await tenants.callForAll();
    const heapBefore = heapInUse();
    await callFor(options.seconds * (1 - WARM_UP), options.seed + 1, subjects, tenants, options);
    // A promise that was rejected last is only reported when it has not been handled by then.
    await wait(100);
    const heapAfter = heapInUse();

    const report = await sandbox.report();
    const vendors: Record<string, Sightings & (typeof report)[string]> = {};
    for (const { name, witness } of subjects) {
      const reported = report[name];
      if (reported) vendors[name] = { ...witness.sightings, ...reported };
    }
    return { vendors, tenants: tenants.sightings, unhandledRejections, heapBefore, heapAfter };
  } finally {
    process.off("unhandledRejection", onUnhandled);
    await kill();
  }
}

async function callFor(
  seconds: number,
  seed: number,
  subjects: readonly Subject[],
  tenants: Tenants,
  { callers, print }: SoakOptions,
): Promise<void> {
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1000;
  const isOver = () => elapsed() >= seconds;
  const progress = setInterval(() => print(progressLine(elapsed(), subjects)), PROGRESS_EVERY);
  const seeds = seededRandom(seed);
  const callersOfEach = Array.from({ length: callers }, async () => {
    const random = () => seededRandom(seeds() * 2 ** 32);
    await Promise.all([
      tenants.keepCalling(random(), isOver),
      ...subjects.map((subject) => keepCalling(subject, random(), isOver)),
    ]);
  });
  await Promise.all(callersOfEach);
  clearInterval(progress);
}

/** A caller: calls the protected resource again and again until `isOver`. */
async function keepCalling({ url, fetch, witness }: Subject, random: () => number, isOver: () => boolean) {
  while (!isOver()) {
    await wait(between(random, 0, LONGEST_PAUSE));
    const isImpatient = random() < GIVEN_UP_SHARE;
    const signal = isImpatient ? AbortSignal.timeout(between(random, 0, LONGEST_PATIENCE)) : null;
    try {
      const response = await fetch(url, { signal });
      witness.responded(response, await response.text());
    } catch (error) {
      witness.failed(error, signal?.aborted ?? false);
    }
  }
}

function progressLine(elapsed: number, subjects: readonly Subject[]): string {
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
