import { setTimeout as wait } from "node:timers/promises";
import { authorizedFetch } from "@org/auth-core";
import { startProgram } from "@org/measure/child-process";
import { number } from "@org/measure/markdown";
import { seededRandom } from "@org/measure/random";
import { keepCalling } from "./call.ts";
import { LIFETIME } from "./fault-plan.ts";
import type { Report, SandboxFunctions } from "./sandbox-process.ts";
import { TENANTS } from "./tenant-names.ts";
import { createTenants, type TenantSightings, type Tenants } from "./tenants.ts";
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
export interface SoakResult {
  readonly vendors: Readonly<Record<string, Sightings & Report[string]>>;
  readonly tenants: TenantSightings;
  readonly unhandledRejections: readonly unknown[];
  /** Bytes in use between warm-up and soak, and after it. Garbage is collected first if Node.js runs with `--expose-gc`. */
  readonly heapBefore: number;
  readonly heapAfter: number;
}

interface Subject {
  readonly name: string;
  readonly url: string;
  readonly witness: Witness;
  readonly fetch: ReturnType<typeof authorizedFetch>;
}

const PROGRESS_EVERY = 5000;
/** Part of the time in which connections are opened and code is compiled, before the heap is measured. */
const WARM_UP = 0.1;

/** Lets many callers call every vendor while the sandbox, in another process, makes things go wrong. */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const unhandledRejections: unknown[] = [];
  const onUnhandled = (reason: unknown) => void unhandledRejections.push(reason);
  process.on("unhandledRejection", onUnhandled);
  const { functions: sandbox, kill } = startProgram<SandboxFunctions>(
    new URL("sandbox-process.ts", import.meta.url),
  );
  try {
    const { url, tenantsUrl } = await sandbox.start(options.seed);
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

    const credentials = () => sandbox.credentials("tenants");
    const tenants = createTenants(tenantsUrl, credentials, options.tenants ?? TENANTS);
    await callFor(options.seconds * WARM_UP, options.seed, subjects, tenants, options);
    await tenants.callForAll();
    const heapBefore = heapInUse();
    await callFor(options.seconds * (1 - WARM_UP), options.seed + 1, subjects, tenants, options);
    // A promise that was rejected last is only reported when it has not been handled by then.
    await wait(100);
    const heapAfter = heapInUse();

    const report = await sandbox.report();
    const vendors = Object.fromEntries(
      subjects.map(({ name, witness }) => [name, { ...witness.sightings, ...report[name] }]),
    ) as SoakResult["vendors"];
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
      ...subjects.map(({ url, fetch, witness }) => keepCalling(url, fetch, witness, random(), isOver)),
    ]);
  });
  await Promise.all(callersOfEach);
  clearInterval(progress);
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
