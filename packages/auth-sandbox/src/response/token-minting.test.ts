import { describe, expect, it } from "vitest";
import { decodeJwt, mintLike, mintOpaqueLike } from "./token-minting.ts";

const claims = { issuedAt: 1_900_000_000, expiresAt: 1_900_001_800 };

function jwt(header: object, payload: object): string {
  return [header, payload, "signature"]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
}

describe("a token like a JWT", () => {
  it("keeps header and claims, and has its own iat, exp and jti", () => {
    const example = jwt({ alg: "RS256", kid: "k" }, { sub: "s", iat: 1, exp: 2, jti: "j" });
    const minted = decodeJwt(mintLike(example, claims));
    expect(minted?.header).toEqual({ alg: "RS256", kid: "k" });
    expect(minted?.payload).toMatchObject({ sub: "s", iat: 1_900_000_000, exp: 1_900_001_800 });
    expect(minted?.payload.jti).not.toBe("j");
  });

  it("has no jti where the example has none, and is unique all the same", () => {
    const example = jwt({ alg: "HS256" }, { iat: 1, exp: 2 });
    expect(decodeJwt(mintLike(example, claims))?.payload).not.toHaveProperty("jti");
    expect(mintLike(example, claims)).not.toBe(mintLike(example, claims));
  });

  it.each([
    ["HS256", 32],
    ["HS512", 64],
    ["RS256", 256],
    ["ES256", 64],
  ])("has a signature of the length that %s makes", (alg, bytes) => {
    const [, , signature = ""] = mintLike(jwt({ alg }, { exp: 2 }), claims).split(".");
    expect(Buffer.from(signature, "base64url").length).toBe(bytes);
  });
});

describe("an opaque token", () => {
  it.each([
    ["sk-418e41a74ca2e7d941fa4456d73dbed7", /^sk-[0-9a-f]{32}$/],
    ["rt_EXAMPLE", /^rt_[0-9a-f]{32}$/],
    ["EXAMPLE-ACCESS-TOKEN", /^[\w-]{43}$/],
    ["example-code", /^[\w-]{43}$/],
    ["not.a.jwt", /^[\w-]{43}$/],
  ])("like %s looks like %s", (example, pattern) => {
    expect(mintLike(example, claims)).toMatch(pattern);
    expect(mintOpaqueLike(example)).toMatch(pattern);
  });
});
