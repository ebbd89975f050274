import { format, inspect } from "node:util";

/** Everything that a log, a debugger or a curious program could get out of a value, as text. */
export function observable(value: unknown): string {
  const texts: string[] = [];
  walk(value, texts, new Set());
  return texts.join("\n");
}

function walk(value: unknown, texts: string[], seen: Set<unknown>): void {
  if (!isObject(value)) texts.push(String(value));
  if (!isObject(value) || seen.has(value)) return;
  texts.push(...printed(value));
  seen.add(value);
  for (const key of Reflect.ownKeys(value)) {
    texts.push(String(key));
    // Own members only: a token's secrets are getters of its prototype, there to be asked for by name.
    walk(Reflect.get(value, key), texts, seen);
  }
}

function printed(value: object): string[] {
  const { stack, message } = value as Partial<Error>;
  return [
    attempt(() => String(value)),
    attempt(() => JSON.stringify(value)),
    inspect(value),
    inspect(value, { depth: 10, showHidden: true, getters: false }),
    format("%s %o %O", value, value, value),
    attempt(() => inspect(structuredClone(value), { depth: 10 })),
    String(stack),
    String(message),
  ];
}

/** What cannot be written in one way may be written in another. */
function attempt(write: () => string): string {
  try {
    return write();
  } catch {
    return "";
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" || typeof value === "function") && value !== null;
}
