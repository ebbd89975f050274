import { styleText } from "node:util";
import type { ServedRequest } from "./server/served-request.ts";

/** The width of a terminal of the usual size. */
const WIDTH = 80;

/** How words are coloured, if at all. */
export type Paint = (kind: "dim" | "green" | "yellow" | "red", text: string) => string;

/** Colours if standard output is a terminal and `NO_COLOR` is not set. */
export const terminalPaint: Paint = (kind, text) => styleText(kind, text, { stream: process.stdout });

/**
 * A request as a line for people, with more lines below it if the reason does not fit: the time of day, vendor, status,
 * method and path, reason.
 *
 * @param room - how many characters vendors' names take
 */
export function requestLine(request: ServedRequest, at: Date, room: number, paint: Paint): string {
  const { vendor = "-", method, path, status, reason = "" } = request;
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => String(part).padStart(2, "0"));
  const front = `${time.join(":")} ${vendor.padEnd(room)} `;
  const indent = front.length + "200 ".length;
  const call = `${method} ${path}`;
  const isShort = indent + call.length + "  ".length + reason.length <= WIDTH;
  const [first = "", ...more] = isShort
    ? [reason === "" ? call : `${call}  ${paint("dim", reason)}`]
    : [
        ...wrapped(call, WIDTH - indent),
        ...wrapped(reason, WIDTH - indent).map((line) => paint("dim", line)),
      ];
  const colour = status === undefined || status >= 500 ? "red" : status >= 400 ? "yellow" : "green";
  const lines = [
    `${paint("dim", front)}${paint(colour, String(status ?? "cut"))} ${first}`,
    ...more.map((line) => " ".repeat(indent) + line),
  ];
  return `${lines.join("\n")}\n`;
}

/** The words in lines of at most this width; a longer word is cut. */
function wrapped(text: string, width: number): string[] {
  return text.match(new RegExp(`\\S.{0,${width - 1}}(?=\\s|$)|\\S{${width}}`, "g")) ?? [];
}
