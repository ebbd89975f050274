import { describe, expect, it } from "vitest";
import { attemptOf } from "./attempt.ts";
import { base64, redactor } from "./redact.ts";
import { refusal } from "./refusal.ts";

const SECRET = 'qu"ote\\slash/<plus>+&123';
const redact = redactor([SECRET]);
const hex = (character: string) => character.charCodeAt(0).toString(16);
const messageOf = (message: unknown) =>
  refusal(
    { default: [{ message: "$response.body#/message" }] },
    attemptOf("acme", 1, redact),
    new Response("", { status: 401 }),
    { message },
    0,
  ).vendorMessage;

describe("the words of a refusal", () => {
  it.each([
    ["plain", SECRET],
    ["in a URL", encodeURIComponent(SECRET)],
    ["in a URL, lower case", encodeURIComponent(SECRET).toLowerCase()],
    ["in a form", new URLSearchParams({ s: SECRET }).toString().slice(2)],
    ["in JSON", JSON.stringify(SECRET)],
    ["in JSON that escapes slashes", JSON.stringify(SECRET).replaceAll("/", "\\/")],
    ["in HTML", "qu&quot;ote\\slash/&lt;plus&gt;+&amp;123"],
    ["in HTML, by number", "qu&#34;ote\\slash/&#60;plus&#x3e;+&#38;123"],
    [
      "in JSON that escapes what HTML has a meaning for",
      JSON.stringify(SECRET).replaceAll("<", "\\u003c").replaceAll("&", "\\u0026"),
    ],
    ["in JSON in JSON in JSON", JSON.stringify(JSON.stringify(JSON.stringify(SECRET)))],
    ["in base64", btoa(SECRET)],
    ["in base64 without padding", base64(SECRET)],
    ["cut off", SECRET.slice(0, 12)],
    ["cut off in base64", btoa(SECRET).slice(0, 12)],
    ["with every character percent-encoded", Array.from(SECRET, (c) => `%${hex(c)}`).join("")],
    ["with every character as a decimal entity", Array.from(SECRET, (c) => `&#${c.charCodeAt(0)};`).join("")],
    ["with every character as a hexadecimal entity", Array.from(SECRET, (c) => `&#x${hex(c)};`).join("")],
    ["with every character as \\u00xx", Array.from(SECRET, (c) => `\\u00${hex(c)}`).join("")],
    ["in an object", { deep: [SECRET] }],
    ["in a name, in JSON", { [JSON.stringify(SECRET)]: 1 }],
    ["in an object as JSON", { deep: JSON.stringify({ SECRET }) }],
  ])("contain no secret that was echoed %s", (_name, echo) => {
    const message = messageOf(echo) ?? "";
    expect(message).toContain("[redacted]");
    expect(message).not.toMatch(/slash|plus|123|cXUib3Rl|7[35]|11[57]/);
  });

  it("survive what cannot be serialised", () => {
    let deep: unknown = 0;
    for (let level = 0; level < 20_000; level++) deep = [deep];
    expect(messageOf(deep)).toBe("a value that cannot be written as JSON");
  });

  it("are kept where they hold no secret, 500 characters of them", () => {
    expect(messageOf("Try again")).toBe("Try again");
    expect(messageOf("x".repeat(1000))).toHaveLength(500);
  });
});
