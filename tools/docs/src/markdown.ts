import { escapeHtml } from "./html.ts";

/** Text of a specification as Markdown: code in backticks stays, HTML becomes text. Specifications are not trusted. */
export function markdownText(text: string): string {
  return text
    .trim()
    .replace(/\s+/g, " ")
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 1 ? part : escapeHtml(part)))
    .join("");
}

/** A table in Markdown; its cells are Markdown. */
export function markdownTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  return [headings, headings.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |\n`)
    .join("");
}

/** Blocks of code as tabs. */
export function codeGroup(
  blocks: readonly { readonly title: string; readonly fence: string; readonly source: string }[],
): string {
  const fenced = blocks.map(({ title, fence, source }) => `\`\`\`${fence} [${title}]\n${source}\`\`\`\n`);
  return `::: code-group\n\n${fenced.join("\n")}\n:::\n`;
}
