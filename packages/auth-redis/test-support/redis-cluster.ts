import { setTimeout as sleep } from "node:timers/promises";
import { type RedisProcess, startClusterNode } from "@org/redis-process";
import { command } from "./connections.ts";

const SLOTS = [
  [0, 5460],
  [5461, 10922],
  [10923, 16383],
] as const;

/** Three nodes that share out all slots. Each is told to `onStarted`, to be stopped whatever happens next. */
export async function startCluster(
  onStarted: (node: RedisProcess) => void,
): Promise<readonly RedisProcess[]> {
  const nodes: Awaited<ReturnType<typeof startClusterNode>>[] = [];
  for (const [from, to] of SLOTS) {
    // One after the other, since a port that is free for one would be for all of them.
    const node = await startClusterNode();
    onStarted(node);
    nodes.push(node);
    await command(node.url, "CLUSTER", "SET-CONFIG-EPOCH", String(nodes.length));
    await command(node.url, "CLUSTER", "ADDSLOTSRANGE", String(from), String(to));
    for (const known of nodes) {
      await command(node.url, "CLUSTER", "MEET", "127.0.0.1", String(known.port), String(known.bus));
    }
  }
  for (const node of nodes) await until(() => knowsAllSlots(node));
  return nodes;
}

async function knowsAllSlots({ url }: RedisProcess): Promise<boolean> {
  const info = String(await command(url, "CLUSTER", "INFO"));
  return info.includes("cluster_state:ok") && info.includes("cluster_size:3");
}

/** Waits until something holds, for 30 s at most. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  const giveUpAt = Date.now() + 30_000;
  while (!(await holds().catch(() => false))) {
    if (Date.now() > giveUpAt) throw new Error(`not within 30 s: ${holds}`);
    await sleep(100);
  }
}
