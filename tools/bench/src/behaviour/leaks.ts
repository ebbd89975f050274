import { inspect } from "node:util";
import { type Scenario, SECRET } from "../scenario.ts";
import type { Client } from "../subject.ts";

export const scenario: Scenario = {
  id: "leaks",
  title: "Places of 4 where a secret or token is printed (2 where the program makes the errors itself)",
  needs: [],
  script: { status: 401 },
  async run({ subject, url, control }) {
    const makesErrors = subject.lacks.errors === undefined;
    const client = await subject.create({ url, secret: SECRET });
    const silent = await failure(client);
    await control({ echo: true });
    // Another client, since the first may remember its refusal.
    const echoed = await failure(await subject.create({ url, secret: SECRET }));
    await control({ status: null });
    const holding = await subject.create({ url, secret: SECRET });
    await holding.getToken();
    const secrets = client.secrets ?? [SECRET];
    const leaks = {
      error: makesErrors && finds(silent, secrets),
      "error with echo": makesErrors && finds(echoed, secrets),
      "inspect(client)": finds([inspect(holding.holder, { depth: 10 })], [...secrets, "TOKEN-MARKER"]),
      "JSON(client)": finds([json(holding.holder)], [...secrets, "TOKEN-MARKER"]),
    };
    return {
      makesErrors,
      places: Object.entries(leaks).flatMap(([place, leaked]) => (leaked ? [place] : [])),
    };
  },
  cell: ({ places, makesErrors }) => `${(places as readonly string[]).length} of ${makesErrors ? 4 : 2}`,
  ideal: "0 of 4",
};

/** Everything that a program would print of a failure. */
async function failure(client: Client): Promise<string[]> {
  try {
    await client.getToken();
    return [];
  } catch (error) {
    const stack = error instanceof Error ? `${error.stack}` : "";
    return [String(error), stack, json(error), inspect(error, { depth: 10 })];
  }
}

function json(value: unknown): string {
  const passed = new WeakSet<object>();
  const text = JSON.stringify(value, (_, member: unknown) => {
    if (typeof member !== "object" || member === null) return member;
    if (passed.has(member)) return undefined;
    passed.add(member);
    return member;
  });
  return text ?? "";
}

function finds(printed: readonly string[], secrets: readonly string[]): boolean {
  return printed.some((text) => secrets.some((secret) => text.includes(secret)));
}
