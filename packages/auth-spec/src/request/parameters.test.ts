import { AT, acme, type Change, SECRET, TEXT } from "@org/acme-spec";
import { describe, expect, it } from "vitest";
import { readTokenOperations } from "../read-token-operations.ts";
import type { RequestMember } from "./request-members.ts";

const PARAMETERS = `${AT.operation}/parameters`;

function membersOf(...changes: Change[]): readonly RequestMember[] {
  const { operations, problems } = readTokenOperations(acme(...changes));
  expect(problems).toEqual([]);
  return operations[0]?.grants[0]?.members ?? [];
}

describe("reads of parameters", () => {
  const at = (place: string, name: string, credential: string) => {
    return { in: place, name, schema: TEXT, "x-credential": credential };
  };
  const read = (...changes: Change[]) =>
    membersOf(...changes)
      .filter((member) => member.in !== "body")
      .map((member) => [member.in, member.path[0], member.credential?.name ?? member.constant]);

  it("those of the path, the operation's own instead of one of the same name", () => {
    const ofPath: Change = [
      "/paths/~1token/parameters",
      [at("header", "X-Version", "a"), at("query", "x-version", "b"), { $ref: "#/components/parameters/C" }],
    ];
    const component: Change = ["/components/parameters/C", at("query", "c", "c")];
    expect(read(ofPath, component, [PARAMETERS, [at("header", "x-version", "d")]])).toEqual([
      ["header", "x-version", "d"],
      ["query", "x-version", "b"],
      ["query", "c", "c"],
    ]);
  });

  it("constants, and nothing of optional ones that nothing fills", () => {
    const constant = (place: string, schema: object) => ({ in: place, name: "v", required: true, schema });
    const parameters = [constant("header", { const: 2 }), constant("query", { enum: ["1"] })];
    expect(read([PARAMETERS, [...parameters, { in: "query", name: "free", schema: TEXT }]])).toEqual([
      ["header", "v", 2],
      ["query", "v", "1"],
    ]);
  });

  it("secrets in the path, which are percent-encoded when sent", () => {
    const item = acme().paths as Record<string, object>;
    const secret = { in: "path", name: "key", required: true, schema: SECRET, "x-credential": "apiKey" };
    expect(
      read(
        [PARAMETERS, [secret]],
        ["/paths", { "/{key}/token": item["/token"] }],
        [`/paths/~1{key}~1token/post/parameters`, [secret]],
      ),
    ).toEqual([["path", "key", "apiKey"]]);
  });
});
