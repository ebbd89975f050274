import { join } from "node:path";
import { available, type Executable, NODES, node } from "./nodes.ts";
import { run } from "./run.ts";
import { requireTool, TOOLBOX } from "./toolbox.ts";

/** A runtime that the packages are for. */
export interface Runtime {
  readonly name: string;
  /** What stands before a file on its command line. */
  readonly words: readonly string[];
  /** The suffix of its recipes for a network. */
  readonly recipes: "node" | "bun" | "deno";
  /** The setting with which it obeys `HTTPS_PROXY`, if it does. */
  readonly proxyByEnvironment?: Readonly<Record<string, string>>;
  /** @throws {NotToBeHad} when there is none for this machine. */
  find(): Promise<Executable>;
}

/** Every runtime that runs files. */
export const RUNTIMES: readonly Runtime[] = [
  ...NODES.map((version): Runtime => {
    const knowsProxy = version !== "20.19" && { proxyByEnvironment: { NODE_USE_ENV_PROXY: "1" } };
    return {
      name: `Node.js ${version}`,
      words: [],
      recipes: "node",
      ...knowsProxy,
      find: () => node(version),
    };
  }),
  { name: "Bun", words: ["run"], recipes: "bun", proxyByEnvironment: {}, find: () => tool("bun") },
  {
    name: "Deno",
    // Another package manager installed what it imports.
    words: ["run", "--quiet", "--allow-all", "--node-modules-dir=manual"],
    recipes: "deno",
    proxyByEnvironment: {},
    find: () => tool("deno"),
  },
];

async function tool(name: string): Promise<Executable> {
  const binary = join(TOOLBOX, "node_modules/.bin", name);
  const printed = await available(run(binary, ["--version"], { cwd: TOOLBOX }));
  return { binary, version: printed.split("\n")[0] ?? "" };
}

/** Runs files of a folder, the first of which may read the names of the others; returns what was printed, and the version. */
export async function runFiles(
  { words, find }: Runtime,
  cwd: string,
  files: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ printed: string; version: string }> {
  const { binary, version } = await find();
  const options = { cwd, env: { ...env, DENO_NO_UPDATE_CHECK: "1" } };
  return { printed: await run(binary, [...words, ...files], options), version };
}

/** Bundles a worker of a folder as wrangler does, and calls it in Miniflare. */
export async function runInWorkerd(folder: string, file: string, facts: string): Promise<string> {
  const { outputFiles } = await requireTool("esbuild").build({
    entryPoints: [join(folder, file)],
    bundle: true,
    format: "esm",
    platform: "browser",
    conditions: ["workerd", "worker", "browser"],
    logLevel: "error",
    write: false,
  });
  const { Miniflare } = requireTool("miniflare");
  const miniflare = new Miniflare({
    modules: true,
    script: outputFiles[0].text,
    compatibilityDate: "2026-07-01",
    bindings: { FACTS: JSON.parse(facts) },
  });
  try {
    const response = await miniflare.dispatchFetch("http://worker/");
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return `${text} in Miniflare`;
  } finally {
    await miniflare.dispose();
  }
}
