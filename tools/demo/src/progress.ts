import { styleText } from "node:util";

/** Says what the demo is doing, while it does it. */
export type Progress = ReturnType<typeof printProgress>;

/** Where text goes. Headings are bold if it is a terminal that shows colours. */
export type Output = Pick<NodeJS.WriteStream, "write" | "isTTY" | "hasColors">;

/** Progress as lines of text. Vendors' names are padded to `nameWidth` characters. */
export function printProgress(output: Output, nameWidth: number) {
  return {
    /** What comes next, after an empty line. */
    heading(text: string) {
      // `hasColors` alone would let FORCE_COLOR put escape sequences into a log.
      const isBold = output.isTTY && output.hasColors();
      output.write(`\n${isBold ? styleText("bold", text, { validateStream: false }) : text}\n`);
    },
    /** How it went for one vendor. */
    line(vendor: string, text: string) {
      output.write(`  ${vendor.padEnd(nameWidth)}  ${text}\n`);
    },
  };
}
