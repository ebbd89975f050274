import { join } from "node:path";
import { run } from "./processes.ts";
import { NotToBeHad } from "./report.ts";
import { TOOLBOX } from "./toolbox.ts";

/** The versions of Node.js that the packages are for. */
const NODES = ["20.19", "22", "24", "26"];
/** Those of them that frameworks and test runners are tried on. */
export const LONG_TERM_NODES: readonly string[] = ["20.19", "22", "24"];
/** The oldest of them, and the one that the repository pins. */
export const OLDEST_AND_PINNED_NODE: readonly string[] = ["20.19", "24"];

/** A program on this machine that runs JavaScript. */
interface Executable {
  readonly binary: string;
  /** Such as `"v24.21.0"`. */
  readonly version: string;
}

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
  ...NODES.map(
    (version): Runtime => ({
      name: `Node.js ${version}`,
      words: [],
      recipes: "node",
      ...(version !== "20.19" && { proxyByEnvironment: { NODE_USE_ENV_PROXY: "1" } }),
      find: () => node(version),
    }),
  ),
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

/**
 * The newest Node.js of a version, from the registry.
 *
 * @throws {NotToBeHad} when there is none for this machine.
 */
export function node(wanted: string): Promise<Executable> {
  return foundOnce(`node@${wanted}`, async () => {
    const print = "console.log(JSON.stringify([process.version, process.execPath]))";
    const words = ["-y", "-p", `node@${wanted}`, "--", "node", "-e", print];
    const [version, binary] = JSON.parse(await run("npx", words, { cwd: TOOLBOX }));
    return { binary, version };
  });
}

function tool(name: string): Promise<Executable> {
  return foundOnce(name, async () => {
    const binary = join(TOOLBOX, "node_modules/.bin", name);
    const [version = ""] = (await run(binary, ["--version"], { cwd: TOOLBOX })).split("\n");
    return { binary, version };
  });
}

const known = new Map<string, Promise<Executable>>();

function foundOnce(name: string, find: () => Promise<Executable>): Promise<Executable> {
  const found =
    known.get(name) ??
    find().catch((error: Error) => {
      throw new NotToBeHad(error.message, { cause: error });
    });
  known.set(name, found);
  return found;
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
