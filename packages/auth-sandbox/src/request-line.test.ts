import { describe, expect, it } from "vitest";
import { type Paint, requestLine } from "./request-line.ts";
import type { ServedRequest } from "./server/served-request.ts";

const AT = new Date(2026, 10, 30, 9, 5, 7);
const plain: Paint = (_kind, text) => text;
const line = (request: Partial<ServedRequest>, room = 7) =>
  requestLine({ method: "POST", path: "/token", ...request }, AT, room, plain);

describe("the line of a request", () => {
  it("says when, which vendor, what became of it and what it was", () => {
    expect(line({ vendor: "acme", status: 200 })).toBe("09:05:07 acme    200 POST /token\n");
  });

  it("ends with the reason where that fits", () => {
    expect(line({ vendor: "acme", status: 401, reason: "clientSecret is not the accepted one" })).toBe(
      "09:05:07 acme    401 POST /token  clientSecret is not the accepted one\n",
    );
  });

  it("has the reason below where it does not fit", () => {
    const reason =
      "the Host header must be an address or localhost; to be called by another name, listen on it";
    expect(line({ status: 421, path: "/stonex/whoami", reason })).toBe(
      `09:05:07 -       421 POST /stonex/whoami
                     the Host header must be an address or localhost; to be
                     called by another name, listen on it
`,
    );
  });

  it("marks a dropped connection with cut instead of a status", () => {
    expect(line({ vendor: "acme", reason: "fault: drop" })).toBe(
      "09:05:07 acme    cut POST /token  fault: drop\n",
    );
  });

  it.each(["/".padEnd(300, "x"), `/${"word ".repeat(60)}`])("fits 80 columns with the path %s", (path) => {
    for (const reason of ["", "y".repeat(200), "z ".repeat(100)]) {
      const lines = line({ vendor: "acme", status: 404, path, reason }).split("\n");
      expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
      expect(lines.join("").replaceAll(" ", "")).toContain((path + reason).replaceAll(" ", ""));
    }
  });

  it.each([
    [200, "green"],
    [404, "yellow"],
    [503, "red"],
    [undefined, "red"],
  ] as const)("has the status %s in %s", (status, colour) => {
    const painted: string[] = [];
    const paint: Paint = (kind, text) => {
      painted.push(`${kind}: ${text.trim()}`);
      return text;
    };
    requestLine({ method: "GET", path: "/", ...(status && { status }) }, AT, 1, paint);
    expect(painted).toContain(`${colour}: ${status ?? "cut"}`);
  });
});
