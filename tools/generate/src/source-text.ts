import type { Spec } from "./spec.ts";

/** A file to write: its name and its text. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

const LINE_WIDTH = 110;

/** The first lines of every generated file. */
export function banner(spec: Spec): string {
  return `// Generated from ${spec.file} by \`pnpm generate\`. Do not edit.\n`;
}

/** A string literal. The text of a specification is not trusted. */
export function quoted(text: string): string {
  return JSON.stringify(text).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}

/** A property name of an object literal, quoted unless it is a plain identifier. */
export function property(name: string): string {
  // `__proto__: x`, quoted or not, would set the prototype.
  if (name === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}

/** A member access. */
export function access(object: string, name: string): string {
  return `${object}[${quoted(name)}]`;
}

/** A list between brackets: on one line if it fits, else one item a line. */
export function list(before: string, items: readonly string[], after: string): string {
  const line = `${before} ${items.join(", ")} ${after}\n`;
  if (line.length <= LINE_WIDTH) return line;
  const indent = /^ */.exec(before)?.[0] ?? "";
  return `${before}\n${items.map((item) => `${indent}  ${item},\n`).join("")}${indent}${after}\n`;
}

/** A doc comment, or nothing for an empty text. */
export function docComment(text: string, indent = ""): string {
  const lines = text
    .trim()
    .replaceAll("*/", "*\\/")
    .split(/[ \t]*\r?\n[ \t]*/);
  if (lines.join("") === "") return "";
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join("\n")}\n${indent} */\n`;
}

/** A name as part of an identifier: "acme-pay" becomes "AcmePay". */
export function pascalCase(name: string): string {
  return name
    .replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase())
    .replace(/[^A-Za-z0-9]/g, "");
}
