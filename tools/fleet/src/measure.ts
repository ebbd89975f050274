import { setTimeout as sleep } from "node:timers/promises";
import { createSandbox } from "@org/auth-sandbox";
import { startRedis } from "@org/redis-process";
import { startFleet, sum } from "./fleet.ts";
import type { StoreSetup } from "./member.ts";
import type { Mode } from "./simulate.ts";

/** Token requests in one lifetime, by real processes, in the modes that real processes can have. */
export type Measured = Readonly<Partial<Record<Mode, number>>>;

/** By number of processes. */
export type Measurements = ReadonlyMap<number, Measured>;

/** In seconds, as the sandbox takes it. */
export const REAL_LIFETIME = 4;
const LIFETIMES = 3;
const CALLERS = 20;
/** The address of a store that is down. */
const NOBODY_LISTENS = "redis://127.0.0.1:1";

/**
 * Runs that many processes against the sandbox over loopback and counts what it counted, after a first lifetime for
 * getting into step.
 */
export async function measure(processes: number): Promise<Measured> {
  const [redis, fleet] = await Promise.all([startRedis(), startFleet(processes)]);
  const stores: readonly (readonly [Mode, StoreSetup])[] = [
    ["no store", { kind: "none" }],
    ["shared store", { kind: "redis", url: redis.url }],
    ["store down", { kind: "redis", url: NOBODY_LISTENS }],
  ];
  const setups = await Promise.all(
    stores.map(async ([mode, store]) => {
      const sandbox = await createSandbox({ lifetime: REAL_LIFETIME });
      return { mode, store, vendor: sandbox.vendor("stonex"), server: await sandbox.listen() };
    }),
  );
  try {
    for (const { mode, store, vendor, server } of setups) {
      const baseUrl = `${server.url}/stonex`;
      await fleet.open({ name: mode, vendor: "stonex", baseUrl, credentials: vendor.credentials(), store });
    }
    const duration = REAL_LIFETIME * 1000 * (1 + LIFETIMES);
    const calls = setups.map(({ mode }) =>
      fleet.ask({ do: "call", cache: mode, callers: CALLERS, pause: 50, duration }),
    );
    await sleep(REAL_LIFETIME * 1000);
    for (const { vendor } of setups) vendor.resetCounts();
    await sleep(REAL_LIFETIME * 1000 * LIFETIMES);
    const counts = setups.map(({ mode, vendor }) => [mode, vendor.counts.tokenRequests / LIFETIMES] as const);
    const { failed } = sum(await Promise.all(calls));
    if (failed > 0) throw new Error(`${failed} calls got no token`);
    return Object.fromEntries(counts);
  } finally {
    await fleet.stop();
    await Promise.all([redis.stop(), ...setups.map(({ server }) => server.close())]);
  }
}
