import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { UsageProblem } from "@org/vendors";
import { expect, test } from "vitest";
import type { Given } from "./answers.ts";
import { interview } from "./interview.ts";

/** What is asked and shown, and the result, if a user types these lines. */
async function typing(lines: readonly string[], given: Given = {}, isEnd = false) {
  const input = new PassThrough();
  const output = new PassThrough();
  const shown = text(output);
  input.write(lines.map((line) => `${line}\n`).join(""));
  if (isEnd) input.end();
  const answers = await interview({ slug: "acme", ...given }, input, output).finally(() => output.end());
  return { answers, shown: await shown };
}

const ALL = ["Acme", "https://{shop}.acme.example", "", "", "", "", "", "", "", "", "", "", "", "", ""];

test("asks for everything, shows the specification, and asks before anything is written", async () => {
  const { answers, shown } = await typing([...ALL, "yes"]);
  expect(answers).toMatchObject({ title: "Acme", baseUrl: "https://{shop}.acme.example", mediaType: "form" });
  expect(shown).toContain("Which path issues tokens? ({name} in it is a credential) [/oauth/token] ");
  expect(shown).toContain("\nopenapi: 3.1.1\n");
  expect(shown).toMatch(/Write it, and the package for it\? \(yes or no\) \[yes\] $/);
});

test.each(["no", "n", "later"])("writes nothing after %j", async (answer) => {
  expect((await typing([...ALL, answer])).answers).toBeUndefined();
});

test("asks again if an answer cannot be used", async () => {
  const { answers, shown } = await typing(["Acme", "http://acme.example", ...ALL.slice(1), ""]);
  expect(shown).toContain("Expected an https URL without query, such as https://api.acme.example");
  expect(answers?.baseUrl).toBe("https://{shop}.acme.example");
});

test("asks for what an option says if that cannot be used after the other answers", async () => {
  const { answers, shown } = await typing(["", "basic", "", "", "", ""], {
    ...{ title: "Acme", "base-url": "none", path: "/token", grant: "login", token: "/token", expiry: "none" },
    ...{ method: "GET", credentials: "body", constants: "none", presentation: "bearer", companions: "none" },
  });
  expect(shown).toContain("Expected another place than the body, since the request is a GET.\n");
  expect(answers?.place).toBe("basic");
});

test("does not ask what an option says, nor what makes no sense", async () => {
  const said = { title: "Acme", "base-url": "none", expiry: "none", credentials: "header" };
  const { shown } = await typing(["", "", "", "", "", "", "", "", "", ""], said);
  expect(shown).not.toMatch(/called\? \[|below which URL is its API|HTTP Basic send|What is the expiry/i);
});

test("an input that ends early leaves nothing behind", async () => {
  await expect(typing(["Acme"], {}, true)).rejects.toThrow(
    new UsageProblem("base-url: expected an answer, received none; nothing was written"),
  );
});
