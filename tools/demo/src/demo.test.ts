import { execFile } from "node:child_process";
import { createSandbox } from "@org/auth-sandbox";
import { beforeAll, describe, expect, it } from "vitest";

interface Run {
  readonly code: number | string | null | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

function runDemo(args: readonly string[] = [], nodeOptions: readonly string[] = []): Promise<Run> {
  const main = `${import.meta.dirname}/main.ts`;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [...nodeOptions, main, ...args],
      { timeout: 110_000 },
      (error, stdout, stderr) => resolve({ code: error ? error.code : 0, stdout, stderr }),
    );
  });
}

// Sends the first token request twice, which no cache should do.
const askTwice = `
  const { fetch } = globalThis;
  let asked = false;
  globalThis.fetch = async (input, init) => {
    if (input.method === "POST" && !asked) {
      asked = true;
      await (await fetch(input.clone(), init)).text();
    }
    return fetch(input, init);
  };
`;

const names = Object.keys((await createSandbox()).vendors);

describe("the demo", () => {
  let good: Run;
  let wasteful: Run;
  beforeAll(async () => {
    const preload = ["--import", `data:text/javascript,${encodeURIComponent(askTwice)}`];
    [good, wasteful] = await Promise.all([runDemo(), runDemo([], preload)]);
  }, 120_000);

  it("succeeds and finds no problem", () => {
    expect(good).toMatchObject({ code: 0, stderr: "" });
  });

  it("shows a row for each vendor of the sandbox, with one token request for each occasion", () => {
    const rows = good.stdout.split("\n").filter((line) => / 1 \+ 1 \+ 1$/.test(line));
    expect(rows.map((row) => row.split(" ")[0]).sort()).toEqual(names.sort());
  });

  it("shows how each vendor refuses a wrong credential", () => {
    const refusals = good.stdout
      .split("\n")
      .filter((line) => / invalid_(request|client) +40[01] /.test(line));
    expect(refusals.map((row) => row.split(" ")[0]).sort()).toEqual(names.sort());
  });

  it("fits 60 columns", () => {
    const widest = Math.max(...good.stdout.split("\n").map((line) => line.length));
    expect(widest).toBeLessThanOrEqual(60);
  });

  it("shows no token and no escape sequence in a log", () => {
    expect(good.stdout).not.toMatch(/[A-Za-z0-9_]{21}/);
    expect(good.stdout).not.toContain("\u001b");
  });

  it("leaves nothing listening", async () => {
    const url = /http:\S+\d/.exec(good.stdout)?.[0] ?? "";
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    await expect(fetch(url)).rejects.toThrow("fetch failed");
  });

  it("fails and says why when the sandbox counts one token request too many", () => {
    expect(wasteful.code).toBe(1);
    expect(wasteful.stdout).toMatch(/ 2 \+ 1 \+ 1$/m);
    expect(wasteful.stderr).toMatch(
      /^\w+: expected 1 token request for the calls that started without a token, the sandbox counted 2\n$/,
    );
  });
});

describe("the demo's command line", () => {
  it("explains itself", async () => {
    const { code, stdout } = await runDemo(["--help"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: pnpm demo\n/);
  });

  it("refuses an option it does not know, before it starts anything", async () => {
    const { code, stdout, stderr } = await runDemo(["--fast"]);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain("'--fast'");
  });
});
