import { fork } from "node:child_process";
import { once } from "node:events";
import type { Asked, Reply, Report, Started } from "./sandbox-process.ts";

/** The sandbox, in a process of its own. */
export interface SandboxProcess extends Started {
  /** The credentials that a vendor, or `"tenants"`' one, accepts at this moment, as a secrets manager would know them. */
  credentials(vendor: string): Promise<object>;
  report(): Promise<Report>;
  stop(): void;
}

/**
 * Starts it.
 *
 * @throws when the process ends without a word; what went wrong is on its standard error.
 */
export async function startSandbox(seed: number): Promise<SandboxProcess> {
  const child = fork(new URL("sandbox-process.ts", import.meta.url), [String(seed)], { execArgv: [] });
  const ended = new AbortController();
  child.once("exit", () => ended.abort());
  const [started] = (await once(child, "message", { signal: ended.signal })) as [Started];

  const waiting = new Map<number, (reply: object) => void>();
  let lastId = 0;
  child.on("message", ({ id, reply }: Reply) => {
    waiting.get(id)?.(reply);
    waiting.delete(id);
  });
  const ask = (vendor?: string) =>
    new Promise<object>((resolve) => {
      const id = ++lastId;
      waiting.set(id, resolve);
      child.send({ id, ...(vendor !== undefined && { vendor }) } satisfies Asked);
    });
  return {
    ...started,
    credentials: ask,
    report: async () => (await ask()) as Report,
    stop: () => {
      if (child.connected) child.disconnect();
    },
  };
}
