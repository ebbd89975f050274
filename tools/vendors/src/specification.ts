import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { UsageProblem } from "./command-line.ts";
import type { Vendor } from "./vendor-list.ts";

/** A vendor's specification: the text of its file, and its content. */
export interface Specification {
  readonly text: string;
  readonly document: unknown;
}

/**
 * Reads and parses a vendor's specification, which may be anything that YAML can express.
 *
 * @throws {UsageProblem} for a file that cannot be read or is not YAML.
 */
export function readSpecification({ repository, file }: Pick<Vendor, "repository" | "file">): Specification {
  const path = join(repository, file);
  try {
    const text = readFileSync(path, "utf8");
    return { text, document: parsed(text) };
  } catch (error) {
    const [found = ""] = error instanceof Error ? error.message.split("\n") : [];
    throw new UsageProblem(`${file}: expected a readable YAML file, found: ${found.replace(path, file)}`);
  }
}

/** JSON is YAML as well, but its own parser reads a long specification in a fiftieth of the time. It takes the last of duplicate keys, which `pnpm lint` refuses. */
function parsed(text: string): unknown {
  try {
    if (text.startsWith("{")) return JSON.parse(text);
  } catch {
    // YAML's own objects start with a brace, too.
  }
  return parse(text);
}
