import { expect, test } from "vitest";
import { listSurface } from "./surface.ts";

function surfaceOf(files: Record<string, string>, entries = { ".": "src/index.ts" }): string {
  return listSurface({
    name: "@org/core",
    entries,
    read: (path) => files[path],
  });
}

test("lists each entry's names, and what they lead to, without comments, bodies and private members", () => {
  const files = {
    "src/index.ts": 'export { make, type Options } from "./make.ts";\n',
    "src/testing.ts": 'export { Clock } from "./clock.ts";\n',
    "src/make.ts": `import { Clock } from "./clock.ts";
import type { Client } from "openapi-fetch";
/** How. */
export interface Options { readonly clock?: Clock; readonly inner?: Inner; }
interface Inner { readonly deep: string }
interface Unused { readonly never: string }
export function make(client: Client<object>, options: Options = {}): string { return String(client) + options; }
`,
    "src/clock.ts": `export class Clock {
  #time = 0;
  private readonly start: number = 1;
  now(): number { return this.#time + this.start; }
}
`,
  };
  expect(
    surfaceOf(files, { ".": "src/index.ts", "./testing": "src/testing.ts" } as never),
  ).toBe(`// @org/core: Options, make
// @org/core/testing: Clock

import type { Client } from "openapi-fetch";

export declare class Clock {
    now(): number;
}
interface Inner {
    readonly deep: string;
}
export interface Options {
    readonly clock?: Clock;
    readonly inner?: Inner;
}
export declare function make(client: Client<object>, options?: Options): string;
export {};
`);
});

test("leaves types that come from a specification to the other gates", () => {
  const files = {
    "src/index.ts": 'export type { paths } from "./schema.ts";\n',
    "src/schema.ts": "export interface paths { a: string }\n",
  };
  expect(surfaceOf(files)).toContain("export interface paths {} // see src/generated/schema.ts\n");
});

test("reads the same from bundled declarations, whose entries share a chunk", () => {
  const source = {
    "src/index.ts": 'export { Problem } from "./problem.ts";\nexport type { paths } from "./schema.ts";\n',
    "src/problem.ts":
      'export class Problem extends Error { override readonly name = "Problem"; readonly at?: Place }\nexport interface Place { readonly line: number }\n',
    "src/schema.ts": "export interface paths { a: string }\n",
  };
  const bundled = {
    "dist/index.d.ts":
      'import { Problem as P } from "./shared.js";\ninterface paths { a: string }\nexport { P as Problem, type paths };\n',
    "dist/shared.d.ts":
      'interface Place { readonly line: number }\nexport declare class Problem extends Error {\n  override readonly name = "Problem";\n  readonly at?: Place;\n}\n',
  };
  const published = listSurface({
    name: "@org/core",
    entries: { ".": "dist/index.d.ts" },
    read: (path) => bundled[path as keyof typeof bundled],
  });
  expect(published).toBe(surfaceOf(source));
});

test("refuses a module that is missing, and two types of one name", () => {
  expect(() => surfaceOf({})).toThrow("@org/core: expected a module at src/index.ts, found none");
  const files = {
    "src/index.ts": 'export { a } from "./a.ts";\nexport { b } from "./b.ts";\n',
    "src/a.ts": "type Same = string;\nexport function a(x: Same): void {}\n",
    "src/b.ts": "type Same = number;\nexport function b(x: Same): void {}\n",
  };
  expect(() => surfaceOf(files)).toThrow(
    "@org/core: Same is declared in src/a.ts and in src/b.ts; expected one declaration of each name",
  );
});
