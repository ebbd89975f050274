import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSandbox } from "../sandbox.ts";
import type { ListeningSandbox } from "../server/server.ts";

const BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
const FILES = readdirSync(new URL("../../console/", import.meta.url));

let server: ListeningSandbox;
beforeAll(async () => {
  server = await (await createSandbox()).listen();
});
afterAll(() => server.close());

const get = (path: string, accept = "*/*") => fetch(server.url + path, { headers: { accept } });

describe("/", () => {
  it.each([
    [BROWSER, "text/html; charset=utf-8"],
    ["text/html", "text/html; charset=utf-8"],
    ["*/*", "text/plain; charset=utf-8"],
    ["application/json", "text/plain; charset=utf-8"],
  ])("for a client that accepts %s is %s", async (accept, type) => {
    const { status, headers } = await get("/", accept);
    expect([status, headers.get("content-type"), headers.get("vary")]).toEqual([200, type, "accept"]);
  });

  it("is not the console for another method or another path", async () => {
    const headers = { accept: BROWSER };
    const posted = await fetch(server.url, { method: "POST", headers });
    expect(posted.headers.get("content-type")).toContain("text/plain");
    const elsewhere = await get("/elsewhere", BROWSER);
    expect([elsewhere.status, elsewhere.headers.get("content-type")]).toEqual([
      404,
      "text/plain; charset=utf-8",
    ]);
  });
});

describe("a file of the console", () => {
  it.each(FILES)("%s is served, to run no code but the sandbox's own", async (file) => {
    const { status, headers } = await get(`/_sandbox/console/${file}`);
    expect([status, headers.get("x-content-type-options")]).toEqual([200, "nosniff"]);
    const policy = Object.fromEntries(
      (headers.get("content-security-policy") ?? "").split("; ").map((rule) => {
        const [name = "", ...sources] = rule.split(" ");
        return [name, sources.join(" ")];
      }),
    );
    expect(policy).toMatchObject({
      "default-src": "'none'",
      "script-src": "'self'",
      "frame-ancestors": "'none'",
    });
    expect(new Set(Object.values(policy))).toEqual(new Set(["'none'", "'self'", "'script'"]));
  });

  it.each(["nothing.js", "package.json", "..%2fpackage.json", "console.js/more", "Console.js"])(
    "is not %s",
    async (path) => {
      expect((await get(`/_sandbox/console/${path}`)).status).toBe(404);
    },
  );
});
