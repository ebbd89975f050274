import { describe, expect, it } from "vitest";
import { evidence } from "../token-request-error.ts";
import { redactor } from "./redact.ts";

const redact = redactor(["SECRET-VALUE"]);

describe("evidence of a failure", () => {
  it("keeps name, message, code and three causes, without secrets", () => {
    const cause = (level: number): Error =>
      Object.assign(
        new TypeError(`level ${level} SECRET-VALUE`, level < 5 ? { cause: cause(level + 1) } : {}),
        { code: "E" },
      );
    const error = evidence(cause(1), redact);
    expect(error).toMatchObject({ name: "TypeError", message: "level 1 [redacted]", code: "E" });
    expect(((error.cause as Error).cause as Error).message).toBe("level 3 [redacted]");
    expect(((error.cause as Error).cause as Error).cause).toBeUndefined();
  });

  it.each([
    ["a text", "no SECRET-VALUE", "no [redacted]"],
    ["nothing", undefined, "thrown without a message"],
    ["null", null, "thrown without a message"],
    ["a number", 7, "thrown without a message"],
    ["an object without a prototype", Object.create(null), "thrown without a message"],
    [
      "an object that cannot be looked at",
      new Proxy(
        {},
        {
          get: () => {
            throw new Error("no");
          },
        },
      ),
      "thrown without a message",
    ],
    ["a cause without a prototype", new Error("outer", { cause: Object.create(null) }), "outer"],
  ])("survives %s", (_name, thrown, message) => {
    expect(evidence(thrown, redact).message).toBe(message);
  });
});

describe("redaction", () => {
  it("leaves texts without secrets alone, and everything where there is no secret", () => {
    expect(redact("nothing to hide")).toBe("nothing to hide");
    expect(redactor([""])("anything")).toBe("anything");
  });

  it("leaves nothing of a secret that contains another", () => {
    expect(redactor(["abc", "abcdef"])("x abcdef y abc z")).toBe("x [redacted] y [redacted] z");
  });
});

describe("a long text", () => {
  const SECRET = "/b\"c\\d/e-f'g h+0123456789";

  it("of 40,000 backslashes takes hardly longer than one of 10,000", () => {
    const known = redactor([SECRET, "x".repeat(3000)]);
    const timeOf = (text: string) => {
      const started = performance.now();
      known(text);
      return performance.now() - started;
    };
    const [short, long] = [10_000, 40_000].map((length) => {
      const text = `/b${"\\".repeat(length)}`;
      return Math.min(...Array.from({ length: 5 }, () => timeOf(text)));
    });
    expect((long as number) / (short as number)).toBeLessThan(8);
  });

  it("is cut, and a secret that the cut goes through leaves nothing, wherever it goes", () => {
    const known = redactor([SECRET]);
    for (const spelt of [SECRET, encodeURIComponent(SECRET), JSON.stringify(JSON.stringify(SECRET))]) {
      for (let kept = 1; kept <= spelt.length; kept++) {
        const redacted = known(`${" ".repeat(4096 - kept)}${spelt}${"!".repeat(5000)}`);
        expect(redacted.trim().replace(/^["\\]+|["\\]+$/g, "")).toMatch(/^(\[redacted\])?!*$|^%.?$/);
        expect(redacted.length).toBeLessThanOrEqual(4096 + "[redacted]".length);
      }
    }
  });
});
