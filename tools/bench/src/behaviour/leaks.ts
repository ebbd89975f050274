import { inspect } from "node:util";
import type { Client } from "../subjects.ts";
import { type Programs, SECRET } from "./program.ts";

/** Whether what a program may log contains a secret. */
export const leaks: Programs = {
  leaks: {
    async run({ create, lacks, control }) {
      const makesErrors = !lacks("errors");
      const { getToken, secrets = [SECRET] } = create();
      const silent = await failure(getToken);
      await control({ echo: true });
      // Another client, since the first may remember its refusal.
      const echoed = await failure(create().getToken);
      await control({ status: null });
      const holding = create();
      await holding.getToken();
      const held = [...secrets, "TOKEN-MARKER"];
      const leaks = {
        error: makesErrors && finds(silent, secrets),
        "error with echo": makesErrors && finds(echoed, secrets),
        "inspect(client)": finds([inspect(holding.holder, { depth: 10 })], held),
        "JSON(client)": finds([json(holding.holder)], held),
      };
      const places = Object.entries(leaks).flatMap(([place, leaked]) => (leaked ? [place] : []));
      return { makesErrors, places };
    },
    cell: ({ places, makesErrors }) => `${(places as readonly string[]).length} of ${makesErrors ? 4 : 2}`,
  },
};

/** Everything that a program would print about a failure. */
async function failure(getToken: Client["getToken"]): Promise<string[]> {
  try {
    await getToken();
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
