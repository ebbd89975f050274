import type { Nested } from "./example-request.ts";

/** The literal of a JSON value as Biome would write it. */
export function literal(value: unknown): string {
  return JSON.stringify(value);
}

/** A property name of an object literal. */
export function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name);
}

/** An object literal of source text with one member a line: samples are read in a narrow column. */
export function objectLiteral(members: Nested<string>, indent: string): string {
  const lines = Object.entries(members).map(([name, value]) => {
    const text = typeof value === "string" ? value : objectLiteral(value, `${indent}  `);
    return `${indent}  ${key(name)}: ${text},\n`;
  });
  return `{\n${lines.join("")}${indent}}`;
}
