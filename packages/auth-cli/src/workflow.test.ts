import { readFileSync } from "node:fs";
import { listVendors } from "@org/vendors";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { listeningSandbox, openShell } from "../test-support/shell.ts";

const ROOT = new URL("../../../", import.meta.url);

interface Step {
  readonly id?: string;
  readonly run: string;
}

const { jobs }: { jobs: Record<string, { steps: Step[] }> } = parse(
  readFileSync(new URL(".github/workflows/check-specifications.yml", ROOT), "utf8"),
);

/** What a step runs, in the root of the repository. */
function script(job: string, id: string): string {
  const step = jobs[job]?.steps.find((one) => one.id === id);
  return `set -e; cd '${ROOT.pathname}'\n${step?.run}`;
}

describe.skipIf(process.platform === "win32")("the workflow that checks specifications", () => {
  it("has a job for each vendor", async () => {
    const shell = openShell();
    shell.env.GITHUB_OUTPUT = shell.write("output", "");
    expect(await shell.bash(script("list", "list"))).toEqual({ code: 0, out: "", err: "" });
    const [, vendors = ""] = /^vendors=(.*)\n$/.exec(readFileSync(shell.env.GITHUB_OUTPUT, "utf8")) ?? [];
    const slugs = listVendors().map(({ slug }) => slug);
    expect(
      JSON.parse(vendors)
        .map(({ vendor }: { vendor: string }) => vendor)
        .sort(),
    ).toEqual(slugs.sort());
    for (const { vendor, variable } of JSON.parse(vendors))
      expect(variable).toBe(vendor.replaceAll("-", "_").toUpperCase());
  });

  it("succeeds if the vendor does as it says, and fails if it does not", async () => {
    const shell = openShell();
    const { sandbox, urlOf } = await listeningSandbox();
    const vendor = sandbox.vendor("conomy");
    Object.assign(shell.env, {
      VENDOR: "conomy",
      OPTIONS: `--base-url ${urlOf("conomy")}`,
      CREDENTIALS: JSON.stringify(vendor.credentials()),
    });
    const good = await shell.bash(script("check", "check"));
    expect([good.code, good.err]).toEqual([0, ""]);
    vendor.fault({ omitExpiry: true });
    expect(await shell.bash(script("check", "check"))).toMatchObject({ code: 3, err: "" });
  });
});
