import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { listVendors } from "@org/vendors";
import { describe, expect, it } from "vitest";
import { planOf } from "./plan.ts";

const repository = resolve(import.meta.dirname, "../../..");
const launch = (...words: string[]) =>
  execFileSync(process.execPath, [join(import.meta.dirname, "main.ts"), ...words], { encoding: "utf8" });

describe("a command", () => {
  it("builds what its program imports, then runs it with the words it was given", () => {
    expect(planOf(["soak", "--seconds", "5"])).toEqual({
      build: ["run", "build", "bundle", "--filter=@org/soak^...", "--filter=./packages/*-client"],
      program: ["--expose-gc", "tools/soak/src/main.ts", "--seconds", "5"],
    });
  });

  it.each(["demo", "soak"])("%s has every client built, which it finds in redocly.yaml", (name) => {
    const words = [...(planOf([name]).build ?? []), "--dry=json"];
    const turbo = join(repository, "node_modules/turbo/bin/turbo");
    const planned = JSON.parse(
      execFileSync(process.execPath, [turbo, ...words], { encoding: "utf8", cwd: repository }),
    );
    const tasks = planned.tasks.map(({ taskId }: { taskId: string }) => taskId);
    const built = listVendors().map(({ client }) => `@org/${basename(client)}#build`);
    expect(tasks).toEqual(expect.arrayContaining(built));
  });

  it.each(["demo", "soak", "fleet", "docs:build", "docs:dev"])(
    "%s explains itself and builds nothing for that",
    (name) => {
      expect(planOf([name, "--help"]).build).toBeUndefined();
      expect(launch(name, "--help")).toMatch(/^Usage: pnpm /);
      expect(launch(name, "-h")).toBe(launch(name, "--help"));
    },
  );

  it("tests with what was built, and says at the end what was skipped", () => {
    const turbo = "node_modules/turbo/bin/turbo run test --concurrency=2 --continue=dependencies-successful";
    expect(planOf(["test"])).toEqual({
      build: ["run", "build"],
      program: turbo.split(" "),
      after: ["tools/launch/src/skipped-tests.ts"],
    });
    expect(planOf(["test", "--filter=@org/fleet"])).toEqual({
      build: ["run", "build"],
      program: [...turbo.split(" "), "--filter=@org/fleet"],
    });
  });

  it("that does not exist is refused with those that do", () => {
    expect(() => planOf(["saok"])).toThrow(/one of demo, soak, .*received "saok"/);
  });
});

describe("the scripts of the repository", () => {
  it("all start turbo without telemetry", () => {
    const { scripts } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
    const own = Object.values<string>(scripts).flatMap((script) => script.split("&&"));
    const started = own.filter((command) => /\bturbo\b/.test(command));
    expect(started.length).toBeGreaterThan(2);
    for (const command of started)
      expect(command.trim()).toMatch(/^node tools\/launch\/src\/main\.ts turbo /);
  });
});
