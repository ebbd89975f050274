import { describe, expect, test } from "vitest";
import { greatest } from "./reason.ts";
import { surfaceGate } from "./surface-gate.ts";

const BASE = `// @org/core: Cache, Code, Options, Problem, Store, Token, createCache, limit
// @org/core/testing: fake

export interface Cache {
    get(key: string): Promise<Token>;
    readonly size?: number | undefined;
}
export type Code = "timeout" | "refused";
interface Clock {
    now(): number;
}
export interface Options {
    readonly store?: Store | undefined;
    readonly clock?: Clock | undefined;
    readonly leeway?: number | undefined;
}
export declare class Problem extends Error {
    readonly code: Code;
    constructor(code: Code);
}
export interface Store {
    get(key: string): Promise<string>;
}
export interface Token {
    readonly text: string;
    readonly scope: string | undefined;
}
export declare function createCache(source: () => Promise<Token>, options?: Options): Cache;
export declare function fake(start?: number): Clock;
export declare const limit: number;
export {};
`;

interface SurfaceCase {
  readonly name: string;
  readonly bump: string;
  readonly from: string;
  readonly to: string;
  readonly says: readonly string[];
}

const TABLE: readonly SurfaceCase[] = [
  {
    name: "a name is no longer exported",
    bump: "major",
    from: ", createCache, limit",
    to: ", createCache",
    says: ["`limit` is no longer exported from `@org/core`."],
  },
  {
    name: "a name moves to another entry",
    bump: "major",
    from: "limit\n// @org/core/testing: fake",
    to: "\n// @org/core/testing: fake, limit",
    says: ["`limit` is no longer exported from `@org/core`.", "`limit` is new in `@org/core/testing`."],
  },
  {
    name: "an entry is removed",
    bump: "major",
    from: "// @org/core/testing: fake\n",
    to: "",
    says: ["`fake` is no longer exported from `@org/core/testing`."],
  },
  {
    name: "an option is removed",
    bump: "major",
    from: "    readonly leeway?: number | undefined;\n",
    to: "",
    says: ["`Options.leeway` is gone."],
  },
  {
    name: "an option must be given",
    bump: "major",
    from: "leeway?: number | undefined",
    to: "leeway: number",
    says: [
      "`Options` is narrower than before.",
      "`createCache` can no longer be used as before: Type 'undefined' is not assignable to type 'number'.",
    ],
  },
  {
    name: "an option takes less",
    bump: "major",
    from: "leeway?: number",
    to: "leeway?: 1 | 2",
    says: [
      "`Options` is narrower than before.",
      "`createCache` can no longer be used as before: Type 'number' is not assignable to type '1 | 2 | undefined'.",
    ],
  },
  {
    name: "what callers implement has to do more",
    bump: "major",
    from: "get(key: string): Promise<string>;",
    to: "get(key: string): Promise<string>;\n    delete(key: string): void;",
    says: [
      "`Store.delete` is new.",
      "`Options` is narrower than before.",
      "`Store` is narrower than before.",
      "`createCache` can no longer be used as before: Property 'delete' is missing in type 'Store' but required in type 'Store'.",
    ],
  },
  {
    name: "a response promises less",
    bump: "major",
    from: "text: string;",
    to: "text: string | undefined;",
    says: [
      "`Token` is wider than before.",
      "`Cache` is wider than before.",
      "`createCache` can no longer be used as before: Type 'undefined' is not assignable to type 'string'.",
    ],
  },
  {
    name: "an error code is added, which a switch may not know",
    bump: "major",
    from: '"timeout" | "refused"',
    to: '"timeout" | "refused" | "throttled"',
    says: [
      "`Code` is wider than before.",
      "`Problem` can no longer be used as before: Type '\"throttled\"' is not assignable to type 'Code'.",
    ],
  },
  {
    name: "a required parameter is added",
    bump: "major",
    from: "source: () => Promise<Token>, options",
    to: "source: () => Promise<Token>, vendor: string, options",
    says: [
      "`createCache` can no longer be used as before: Type 'undefined' is not assignable to type 'string'.",
    ],
  },
  {
    name: "an option is added",
    bump: "minor",
    from: "    readonly leeway?",
    to: "    readonly attempts?: number | undefined;\n    readonly leeway?",
    says: ["`Options.attempts` is new."],
  },
  {
    name: "an option takes more",
    bump: "minor",
    from: "leeway?: number",
    to: "leeway?: number | string",
    says: ["`Options` is wider than before.", "`createCache` takes or gives more than before."],
  },
  {
    name: "a response promises more",
    bump: "minor",
    from: "size?: number | undefined",
    to: "size: number",
    says: ["`Cache` is narrower than before.", "`createCache` takes or gives more than before."],
  },
  {
    name: "a function is added",
    bump: "minor",
    from: "// @org/core/testing: fake",
    to: "// @org/core/testing: fake, wait",
    says: ["`wait` is new in `@org/core/testing`."],
  },
  {
    name: "a parameter is renamed",
    bump: "patch",
    from: "fake(start?",
    to: "fake(begin?",
    says: ["The exported types are written differently and mean the same."],
  },
  {
    name: "a type is put in a variable",
    bump: "patch",
    from: "options?: Options): Cache;",
    to: "options?: Given): Cache;\ntype Given = Options;",
    says: ["The exported types are written differently and mean the same."],
  },
];

for (const bump of ["major", "minor", "patch"]) {
  describe(`deserves ${bump}:`, () => {
    for (const { name, from, to, says } of TABLE.filter((one) => one.bump === bump)) {
      test(name, { timeout: 60_000 }, () => {
        expect(BASE).toContain(from);
        const reasons = surfaceGate(BASE, BASE.replace(from, to));
        expect(reasons.map(({ text }) => text).sort()).toEqual([...says].sort());
        expect(greatest(reasons.map(({ bump }) => bump))).toBe(bump);
      });
    }
  });
}

test("nothing changed", () => expect(surfaceGate(BASE, BASE)).toEqual([]));

test("resolves a surface's imports with the surfaces it is given", { timeout: 60_000 }, () => {
  const client = (rest: string) =>
    `// @org/client: make\n\nimport type { Options } from "@org/core";\n\nexport declare function make(options: ${rest}): void;\nexport {};\n`;
  const reasons = surfaceGate(client("Options"), client("Required<Options>"), [BASE]);
  expect(reasons.map(({ bump }) => bump)).toEqual(["major"]);
});
