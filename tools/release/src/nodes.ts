import { NotToBeHad } from "./report.ts";
import { run } from "./run.ts";

/** The versions of Node.js that the packages are for. */
export const NODES: readonly string[] = ["20.19", "22", "24", "26"];
/** Those of them that frameworks and test runners are tried on. */
export const LONG_TERM_NODES: readonly string[] = ["20.19", "22", "24"];

/** A version of Node.js on this machine. */
export interface Node {
  /** Such as `"Node.js 24"`. */
  readonly name: string;
  /** Such as `"v24.21.0"`. */
  readonly version: string;
  readonly binary: string;
}

const known = new Map<string, Promise<Node>>();

/**
 * The newest Node.js of a version, from the registry.
 *
 * @throws {NotToBeHad} when there is none for this machine.
 */
export function node(version: string, cwd: string): Promise<Node> {
  const found = known.get(version) ?? find(version, cwd);
  known.set(version, found);
  return found;
}

async function find(version: string, cwd: string): Promise<Node> {
  const print = "console.log(JSON.stringify([process.version, process.execPath]))";
  const words = ["-y", "-p", `node@${version}`, "--", "node", "-e", print];
  try {
    const printed = await run("npx", words, { cwd, env: { npm_config_loglevel: "error" } });
    const [exact, binary] = JSON.parse(printed);
    return { name: `Node.js ${version}`, version: exact, binary };
  } catch (error) {
    throw new NotToBeHad(error instanceof Error ? error.message : String(error));
  }
}
