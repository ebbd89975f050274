import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const run = (...parameters: string[]) =>
  spawnSync(
    process.execPath,
    ["--no-warnings", fileURLToPath(new URL("main.ts", import.meta.url)), ...parameters],
    {
      encoding: "utf8",
    },
  );

it("explains itself", () => {
  const { status, stdout } = run("--help");
  expect(status).toBe(0);
  for (const option of ["--out", "--seed", "--simulated", "--quick"]) expect(stdout).toContain(option);
}, 30_000);

it.each([
  [["--sed", "1"], "Unknown option '--sed': expected --out, --seed, --simulated, --quick or --help"],
  [["--seed", "one"], "--seed: expected a whole number from 0, such as --seed 60, received one"],
  [["--seed", ""], "--seed: expected a whole number from 0, such as --seed 60, received "],
  [["results"], "Unexpected argument 'results'"],
])(
  "refuses %j in one line",
  (parameters, message) => {
    const { status, stderr } = run(...parameters);
    expect(status).toBe(2);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr).toContain(message);
  },
  30_000,
);
