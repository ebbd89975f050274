import { setTimeout as sleep } from "node:timers/promises";
import { createSandbox } from "@org/auth-sandbox";
import { startRedis } from "@org/redis-process";
import { startFleet } from "./fleet.ts";
import type { StoreSetup } from "./messages.ts";
import type { Mode } from "./simulate.ts";

/** Token requests in one lifetime, by real processes, in the modes that can be had for real. */
export type Measured = Readonly<Partial<Record<Mode, number>>>;

/** In seconds, as the sandbox takes it. */
export const REAL_LIFETIME = 4;
const LIFETIMES = 3;
const CALLERS = 20;
/** Where a store that is down would be. */
const NOBODY_LISTENS = "redis://127.0.0.1:1";

/**
 * Runs that many processes against the sandbox over loopback and counts what it counted, after a first lifetime for
 * getting into step.
 */
export async function measure(processes: number): Promise<Measured> {
  const [redis, fleet] = await Promise.all([startRedis(), startFleet(processes)]);
  const setups: readonly (readonly [Mode, StoreSetup])[] = [
    ["no store", { kind: "none" }],
    ["shared store", { kind: "redis", url: redis.url }],
    ["store down", { kind: "redis", url: NOBODY_LISTENS }],
  ];
  const sandboxes = await Promise.all(
    setups.map(async ([mode, store]) => {
      const sandbox = await createSandbox({ lifetime: REAL_LIFETIME });
      return { mode, store, sandbox, server: await sandbox.listen() };
    }),
  );
  try {
    for (const { mode, store, sandbox, server } of sandboxes) {
      const credentials = sandbox.vendor("stonex").credentials();
      await fleet.open({ name: mode, vendor: "stonex", baseUrl: `${server.url}/stonex`, credentials, store });
    }
    const duration = REAL_LIFETIME * 1000 * (1 + LIFETIMES);
    const calls = Promise.all(
      setups.map(([cache]) => fleet.ask({ do: "call for", cache, callers: CALLERS, pause: 50, duration })),
    );
    await sleep(REAL_LIFETIME * 1000);
    const counts = () => sandboxes.map(({ sandbox }) => sandbox.vendor("stonex").counts.tokenRequests);
    const before = counts();
    await sleep(REAL_LIFETIME * 1000 * LIFETIMES);
    const after = counts();
    const failed = (await calls).reduce((total, outcome) => total + outcome.failed, 0);
    if (failed > 0) throw new Error(`${failed} calls got no token`);
    return Object.fromEntries(
      setups.map(([mode], index) => [mode, ((after[index] ?? 0) - (before[index] ?? 0)) / LIFETIMES]),
    );
  } finally {
    await fleet.stop();
    await Promise.all([redis.stop(), ...sandboxes.map(({ server }) => server.close())]);
  }
}
