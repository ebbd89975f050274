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
