/** When the sandbox serves the made-up vendor, in milliseconds since the epoch. */
export const NOW: number = Date.parse("2030-01-02T03:04:05.999Z");

/** The headers of a token request. */
export const json: Readonly<Record<string, string>> = {
  "content-type": "application/json",
  "x-edition": "a",
};

/** The body of a token request, with more members. */
export function wish(more: object): string {
  return JSON.stringify({ depth: 3, at: { branch: "b1" }, ...more });
}

/** A token request that the made-up vendor accepts. */
export const ask: RequestInit = { method: "POST", headers: json, body: wish({ scope: "write" }) };
