import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** One fenced code block of a Markdown file. */
export interface Snippet {
  /** The file, from the root of the repository, and the line of the opening fence. */
  readonly place: string;
  /** The words after the fence: the language, then `run` for a block that is executed. */
  readonly info: string;
  readonly code: string;
}

/** Markdown whose code is checked. */
const DOCUMENTS = ["*.md", "packages/*/*.md", "tools/docs/guides/*.md"];

/** All fenced code blocks of the repository's documents. */
export function readSnippets(repository: string): Snippet[] {
  return DOCUMENTS.flatMap((pattern) => globSync(pattern, { cwd: repository }))
    .filter((file) => !file.endsWith("CHANGELOG.md"))
    .sort()
    .flatMap((file) => parseSnippets(file, readFileSync(join(repository, file), "utf8")));
}

/** The fenced code blocks of one document. */
export function parseSnippets(file: string, markdown: string): Snippet[] {
  const fence = /^```([^\n`]*)\n([\s\S]*?)^```$/gm;
  return [...markdown.matchAll(fence)].map(({ index, 1: info = "", 2: code = "" }) => ({
    place: `${file}:${markdown.slice(0, index).split("\n").length}`,
    info: info.trim(),
    code,
  }));
}
