import { expect, it } from "vitest";
import { mask } from "./mask.ts";

it.each([
  ["a JWT", "eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjF9.c2lnbmF0dXJl", "eyJ…XJl"],
  ["a prefixed token", "sk-0123456789abcdef", "sk-…def"],
  ["the shortest token that is not hidden whole", "abcdefghijklmnop", "abc…nop"],
  ["a token that six characters would give away", "abcdefghijklmno", "…"],
  ["nothing", "", "…"],
])("shows three characters at each end at most: %s", (_, secret, shown) => {
  expect(mask(secret)).toBe(shown);
});
