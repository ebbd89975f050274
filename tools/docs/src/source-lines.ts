/** A string literal as Biome would write it. */
export function literal(text: string): string {
  return JSON.stringify(text);
}

/** A property name of an object literal. */
export function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name);
}

/** A value of an object literal: source text, or the members of another one. */
export type Members = readonly (readonly [name: string, value: string | Members])[];

/** An object literal with one member a line: samples are read in a narrow column. */
export function objectLiteral(members: Members, indent: string): string {
  const lines = members.map(([name, value]) => {
    const text = typeof value === "string" ? value : objectLiteral(value, `${indent}  `);
    return `${indent}  ${key(name)}: ${text},\n`;
  });
  return `{\n${lines.join("")}${indent}}`;
}
