import { NotToBeHad } from "./report.ts";
import { run } from "./run.ts";
import { TOOLBOX } from "./toolbox.ts";

/** The versions of Node.js that the packages are for. */
export const NODES: readonly string[] = ["20.19", "22", "24", "26"];
/** Those of them that frameworks and test runners are tried on. */
export const LONG_TERM_NODES: readonly string[] = ["20.19", "22", "24"];

/** A program on this machine that runs JavaScript. */
export interface Executable {
  readonly binary: string;
  /** Such as `"v24.21.0"`. */
  readonly version: string;
}

const known = new Map<string, Promise<Executable>>();

/**
 * The newest Node.js of a version, from the registry.
 *
 * @throws {NotToBeHad} when there is none for this machine.
 */
export function node(wanted: string): Promise<Executable> {
  const found = known.get(wanted) ?? find(wanted);
  known.set(wanted, found);
  return found;
}

async function find(wanted: string): Promise<Executable> {
  const print = "console.log(JSON.stringify([process.version, process.execPath]))";
  const words = ["-y", "-p", `node@${wanted}`, "--", "node", "-e", print];
  const [version, binary] = JSON.parse(await available(run("npx", words, { cwd: TOOLBOX })));
  return { binary, version };
}

/**
 * What a command printed; without that there is nothing to test.
 *
 * @throws {NotToBeHad} when it failed.
 */
export async function available(printed: Promise<string>): Promise<string> {
  try {
    return await printed;
  } catch (error) {
    throw new NotToBeHad((error as Error).message, { cause: error });
  }
}
