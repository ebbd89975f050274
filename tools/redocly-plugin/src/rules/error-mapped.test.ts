import { describe, expect, test } from "vitest";
import { lint, POST, tokenOperation } from "../lint.ts";

function answer(status: string, text: string): string {
  return tokenOperation(`{ x-token-grant: a, responses: { "${status}": { ${text} } } }`);
}

const CONTENT = "content: { application/json: {} }";

describe("accepts", () => {
  const table: [name: string, status: string, text: string][] = [
    ["a body that is mapped", "401", `x-token-error: { code: $response.body#/c }, ${CONTENT}`],
    ["a body that says why it is not", "503", `x-unmapped-error: The body is a web page., ${CONTENT}`],
    ["a refusal without a documented body", "4XX", "description: Refused."],
    ["a success", "200", CONTENT],
  ];
  for (const [name, status, text] of table) {
    test(name, async () => expect(await lint("error-mapped", answer(status, text))).toEqual([]));
  }
});

describe("refuses a documented body that nothing is said of, under", () => {
  for (const status of ["400", "5XX", "default"]) {
    test(status, async () => {
      expect(await lint("error-mapped", answer(status, CONTENT))).toEqual([
        `${POST}/responses/${status}: The body of ${status} is documented: map it with x-token-error, or say why not with x-unmapped-error.`,
      ]);
    });
  }
});

test("refuses a reason that is none, or beside a mapping", async () => {
  expect(await lint("error-mapped", answer("400", `x-unmapped-error: true, ${CONTENT}`))).toEqual([
    `${POST}/responses/400/x-unmapped-error: x-unmapped-error must be a sentence that says why.`,
  ]);
  expect(
    await lint(
      "error-mapped",
      answer("400", `x-unmapped-error: No., x-token-error: { code: a }, ${CONTENT}`),
    ),
  ).toEqual([
    `${POST}/responses/400/x-unmapped-error: x-unmapped-error says why there is no x-token-error, but there is one.`,
  ]);
});
