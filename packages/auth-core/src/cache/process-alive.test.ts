import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";

/** How a process ended whose program has `createTokenCache` and a clock that is `ahead` milliseconds ahead. */
function ended(program: string) {
  const index = new URL("../index.ts", import.meta.url).href;
  const clock = new URL("../clock.ts", import.meta.url).href;
  const setUp = `import { createTokenCache } from ${JSON.stringify(index)};
    import { systemClock } from ${JSON.stringify(clock)};
    let ahead = 0;
    const clock = {
      ...systemClock,
      now: () => systemClock.now() + ahead,
      monotonic: () => systemClock.monotonic() + ahead,
    };
    const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms).unref());
    const token = (accessToken) => ({ accessToken, expiresAt: clock.now() + 3_600_000 });`;
  const words = ["--experimental-strip-types", "--no-warnings", "--input-type=module", "--eval"];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...words, setUp + program], {
    encoding: "utf8",
    timeout: 30_000,
  });
  return { status, stdout, stderr };
}

it("a process ends although a source hangs, once nobody waits for it any more", { timeout: 40_000 }, () => {
  const program = `
    const tokens = createTokenCache(() => new Promise(() => {}), { clock });
    const caller = new AbortController();
    tokens.getToken({ signal: caller.signal }).catch(({ name }) => console.log(name));
    setTimeout(() => caller.abort(), 10);`;
  expect(ended(program)).toEqual({ status: 0, stdout: "AbortError\n", stderr: "" });
});

it("a process waits for a caller who joined a background renewal", { timeout: 40_000 }, () => {
  const program = `
    const answers = [async () => token("a"), async () => (await later(100), token("b"))];
    const tokens = createTokenCache(() => answers.shift()(), { clock });
    await tokens.getToken();
    ahead = 3_000_000;
    tokens.invalidate(await tokens.getToken());
    const { accessToken } = await tokens.getToken();
    console.log(accessToken);`;
  expect(ended(program)).toEqual({ status: 0, stdout: "b\n", stderr: "" });
});
