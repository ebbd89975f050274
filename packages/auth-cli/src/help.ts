import { type Command, OPTIONS, type OptionName } from "./command-line.ts";

/** What the program does, and its commands. */
export function help(commands: readonly Command[]): string {
  const lines = commands.map((command) => [usage(command), command.summary] as const);
  return `Usage: vendor-token <command> [options]

Access tokens of payment vendors in the shell: requested once, cached, renewed when they expire.

Commands:
${table(lines)}

\`vendor-token <command> --help\` prints the options and examples of a command, \`vendor-token --version\` the version.

Exit codes: 0 success, 1 no token, 2 wrong usage, 3 deviations found by check.
curl passes on curl's own code; 125 if curl was not started.
Output has no colours if NO_COLOR is set.`;
}

/** How a command is used, its options and examples. */
export function commandHelp(command: Command): string {
  const options = command.options.map((name) => [optionUsage(name), OPTIONS[name].help] as const);
  const examples = command.examples.map((example) => `  ${example}`).join("\n");
  const credentials = command.options.includes("credentials-file") ? `\n\n${CREDENTIALS}` : "";
  return `Usage: vendor-token ${usage(command)}

${command.summary.charAt(0).toUpperCase()}${command.summary.slice(1)}.

Options:
${table(options)}${credentials}

Examples:
${examples}`;
}

const CREDENTIALS = `Credentials come from the environment (STONEX_CLIENT_ID, STONEX_CLIENT_SECRET: vendor and credential), from a
file or from a command, which contains or prints { "clientId": "...", "clientSecret": "..." }.`;

function usage({ name, operands, options, rest }: Command): string {
  const words = [
    name,
    ...(options.length > 1 ? ["[options]"] : []),
    ...operands.map((operand) => `<${operand}>`),
    ...(rest ? [`[${rest}]`] : []),
  ];
  return words.join(" ");
}

/** An option as it is typed, such as `--server <name>`. */
export function optionUsage(name: OptionName): string {
  const { value } = OPTIONS[name];
  return value === undefined ? `--${name}` : `--${name} <${value}>`;
}

function table(rows: readonly (readonly [left: string, right: string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join("\n");
}
