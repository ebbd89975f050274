import { describe, expect, it } from "vitest";
import { printProgress } from "./progress.ts";

function headingOn(isTTY: boolean, hasColors: boolean): string {
  let written = "";
  const write = (text: string | Uint8Array) => {
    written += text;
    return true;
  };
  printProgress({ write, isTTY, hasColors: () => hasColors }, 4).heading("Next");
  return written;
}

describe("printProgress", () => {
  it("writes a heading in bold on a terminal with colours", () => {
    expect(headingOn(true, true)).toBe("\n\u001b[1mNext\u001b[22m\n");
  });

  it.each([
    ["a terminal without colours, such as one with NO_COLOR set", true, false],
    ["anything that is not a terminal, even when colours are forced", false, true],
  ])("writes plain text to %s", (_, isTTY, hasColors) => {
    expect(headingOn(isTTY, hasColors)).toBe("\nNext\n");
  });
});
