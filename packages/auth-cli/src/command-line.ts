import { parseArgs } from "node:util";
import { Problem } from "./problem.ts";

/** An option of the command line. */
export interface Option {
  /** The placeholder for its value in the help; none if it takes no value. */
  readonly value?: string;
  readonly repeatable?: true;
  readonly help: string;
}

/** The name of an option, without its dashes. */
export type OptionName =
  | "server"
  | "base-url"
  | "variable"
  | "grant"
  | "profile"
  | "credentials-file"
  | "credentials-command"
  | "json"
  | "header"
  | "force"
  | "help";

/** Every option that a command may take. */
export const OPTIONS: Readonly<Record<OptionName, Option>> = {
  server: { value: "name", help: "the vendor's server, by its name in the specification, such as sandbox" },
  "base-url": { value: "url", help: "URL below which the vendor's paths lie; wins over --server" },
  variable: {
    value: "name=value",
    repeatable: true,
    help: "value of a variable in the server's URL, such as tenant=acme; may be repeated",
  },
  grant: { value: "grant", help: "which grant, if the specification has several" },
  profile: {
    value: "name",
    help: "keeps apart the tokens of accounts whose credentials come from the same source",
  },
  "credentials-file": {
    value: "path",
    help: "JSON file with the credentials, which only its owner can read",
  },
  "credentials-command": { value: "command", help: "shell command that prints the credentials as JSON" },
  json: { help: "print JSON" },
  header: { help: "print the headers that authorize a call, one per line" },
  force: { help: "request a new token although one is cached" },
  help: { help: "print this" },
};

/** The arguments after a command's name. */
export interface CommandLine {
  readonly operands: readonly string[];
  /** The value of an option that takes one. */
  value(name: OptionName): string | undefined;
  /** The values of one that may be repeated. */
  values(name: OptionName): readonly string[];
  /** Whether an option was given. */
  has(name: OptionName): boolean;
  /** The arguments after the last operand, for another program. */
  readonly rest: readonly string[];
}

/** The options and operands of a command. */
export interface Syntax {
  readonly name: string;
  /** The names of the operands, all of which are required. */
  readonly operands: readonly string[];
  readonly options: readonly OptionName[];
  /** What may follow the operands, for another program, such as `"curl options"`. */
  readonly rest?: string;
}

/** A command of the program. */
export interface Command extends Syntax {
  readonly summary: string;
  readonly examples: readonly string[];
  /** Resolves to the exit code if it is not 0. */
  readonly run: (line: CommandLine) => Promise<number | undefined>;
}

/**
 * Reads the arguments after a command's name.
 *
 * @throws {Problem} for an unknown option, with the list of valid ones; for a missing value or operand, and one too many.
 */
export function readCommandLine(syntax: Syntax, args: readonly string[]): CommandLine {
  const options = Object.fromEntries(
    syntax.options.map((name) => [
      name,
      {
        type: OPTIONS[name].value ? ("string" as const) : ("boolean" as const),
        ...(name === "help" && { short: "h" }),
      },
    ]),
  );
  const { tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const operandTokens = tokens.filter((token) => token.kind === "positional");
  const last = syntax.rest === undefined ? undefined : operandTokens[syntax.operands.length - 1];
  const end = last?.index ?? args.length;
  const found = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind !== "option" || token.index > end) continue;
    const { name, rawName, value, inlineValue } = token;
    const known = syntax.options.find((option) => option === name);
    if (known === undefined) {
      const hint =
        syntax.rest === undefined ? "" : `; ${syntax.rest} come after the ${syntax.operands.at(-1)}`;
      throw new Problem(
        `unknown option "${rawName}": expected one of ${shownOptions(syntax).join(", ")}${hint}`,
      );
    }
    const expected = `--${known} <${OPTIONS[known].value}>`;
    const isMissing = value === undefined || value === "" || (!inlineValue && value.startsWith("-"));
    if (OPTIONS[known].value && isMissing)
      throw new Problem(`${rawName}: expected a value, as in ${expected}`);
    if (!OPTIONS[known].value && value !== undefined) throw new Problem(`${rawName}: expected no value`);
    const before = found.get(known) ?? [];
    if (before.length > 0 && !OPTIONS[known].repeatable) throw new Problem(`${rawName}: expected it once`);
    found.set(known, [...before, value ?? ""]);
  }
  const operands = operandTokens.filter(({ index }) => index <= end).map(({ value }) => value);
  if (!found.has("help")) checkOperands(syntax, operands);
  return {
    operands,
    value: (name) => found.get(name)?.[0],
    values: (name) => found.get(name) ?? [],
    has: (name) => found.has(name),
    rest: last === undefined ? [] : args.slice(last.index + 1),
  };
}

function checkOperands({ name, operands: expected }: Syntax, operands: readonly string[]): void {
  const missing = expected[operands.length];
  if (missing !== undefined) throw new Problem(`${name}: expected <${missing}>, received none`);
  const extra = operands[expected.length];
  if (extra === undefined) return;
  const taken = expected.map((operand) => `<${operand}>`).join(" ") || "no operand";
  throw new Problem(`${name}: expected ${taken}, received "${extra}" as well`);
}

/** The options of a command as they are typed. */
export function shownOptions({ options }: Pick<Syntax, "options">): string[] {
  return options.map((name) => `--${name}`);
}
