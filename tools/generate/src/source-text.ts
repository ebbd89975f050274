/** A file to write: its name and its text. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
  /** Whether it stays as it is, whatever the formatter would make of it. Default: it is formatted. */
  readonly isPrinted?: boolean;
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

/** A literal for a JSON value. */
export function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value === "string") return quoted(value);
  if (typeof value !== "object" || value === null) return String(value);
  const members = Object.entries(value).map(([name, member]) => `${property(name)}: ${literal(member)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

/** A doc comment, or nothing for an empty text. */
export function docComment(text: string): string {
  const lines = text
    .trim()
    .replaceAll("*/", "*\\/")
    .split(/[ \t]*\r?\n[ \t]*/);
  if (lines.join("") === "") return "";
  if (lines.length === 1) return `/** ${lines[0]} */\n`;
  return `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join("\n")}\n */\n`;
}
