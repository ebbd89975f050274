import { styleText } from "node:util";

/** Writes a command's result to standard output. */
export function print(text: string): undefined {
  process.stdout.write(`${text}\n`);
}

/** Writes a message for a person to standard error. */
export function complain(text: string): undefined {
  process.stderr.write(`vendor-token: ${text}\n`);
}

/** Coloured text if standard output is a terminal that shows colours and `NO_COLOR` is not set. */
export function coloured(colour: "green" | "red" | "dim", text: string): string {
  // A pipe or a file has no such method; a terminal's obeys NO_COLOR.
  const hasColours = process.stdout.isTTY && process.stdout.hasColors();
  return hasColours ? styleText(colour, text) : text;
}

/** A moment in the local time zone, such as `2026-11-30 17:20:05 GMT+01:00`. */
export function localTime(instant: number): string {
  return new Date(instant).toLocaleString("sv-SE", { timeZoneName: "longOffset" });
}
