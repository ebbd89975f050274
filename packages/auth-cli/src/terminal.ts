import { styleText } from "node:util";

/** Writes to standard output what a command is for. */
export function print(text: string): undefined {
  process.stdout.write(`${text}\n`);
}

/** Writes to standard error what a person should know. */
export function complain(text: string): undefined {
  process.stderr.write(`vendor-token: ${text}\n`);
}

/** Coloured text where standard output is a terminal that shows colours and `NO_COLOR` is not set. */
export function coloured(colour: "green" | "red" | "dim", text: string): string {
  // A pipe or a file has no such method; NO_COLOR is what a terminal's goes by.
  const hasColours = process.stdout.isTTY && process.stdout.hasColors();
  return hasColours ? styleText(colour, text) : text;
}

/** A moment in the local time zone, such as `2026-11-30 17:20:05 GMT+01:00`. */
export function localTime(instant: number): string {
  return new Date(instant).toLocaleString("sv-SE", { timeZoneName: "longOffset" });
}
