import type { Spec } from "./spec.ts";

/** A file to write: its name and its text. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

/** The first lines of every generated file. */
export function banner(spec: Spec): string {
  return `// Generated from ${spec.file} by \`pnpm generate\`. Do not edit.\n`;
}

/** A string literal. The text of a specification is not trusted. */
export function quoted(text: string): string {
  return JSON.stringify(text).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}

/** A property name, quoted unless it is a plain identifier. */
export function property(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}

/** A member access. */
export function access(object: string, name: string): string {
  return `${object}[${quoted(name)}]`;
}

/** A doc comment, or nothing for an empty text. */
export function docComment(text: string, indent = ""): string {
  const lines = text
    .trim()
    .replaceAll("*/", "*\\/")
    .split(/[ \t]*\n[ \t]*/);
  if (lines.join("") === "") return "";
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join("\n")}\n${indent} */\n`;
}

/** A vendor's slug as part of an exported name: "acme-pay" becomes "AcmePay". */
export function pascalCase(slug: string): string {
  return slug.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
