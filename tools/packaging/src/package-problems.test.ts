import { expect, test } from "vitest";
import { CLIENT_ENTRY_POINTS, entryPoints } from "./package-exports.ts";
import { type Manifest, problemsOf } from "./package-problems.ts";

const FILES = [
  "LICENSE",
  "README.md",
  "dist/generated/browser.cjs",
  "dist/generated/browser.js",
  "dist/generated/index.cjs",
  "dist/generated/index.d.cts",
  "dist/generated/index.d.ts",
  "dist/generated/index.js",
  "openapi.yaml",
  "package.json",
];
const FIT: Manifest = {
  name: "@org/acme-client",
  license: "MIT",
  files: ["dist", "openapi.yaml"],
  ...CLIENT_ENTRY_POINTS,
  generatedFrom: { sha256: "abc" },
  dependencies: { "@org/auth-core": "^1.0.0" },
};

function problems(
  manifest: Partial<Manifest> = {},
  files = FILES,
  specificationSha256: string | undefined = "abc",
) {
  return problemsOf({ manifest: { ...FIT, ...manifest }, files, specificationSha256 });
}

test("finds nothing wrong with a package that is fit", () => expect(problems()).toEqual([]));

const { exports: wanted } = CLIENT_ENTRY_POINTS;
const reordered = { ...wanted, ".": Object.fromEntries(Object.entries(wanted["."] ?? {}).reverse()) };
const table: [name: string, found: string[], wanted: string[]][] = [
  [
    "ranges of the workspace and the catalog",
    problems({ dependencies: { a: "workspace:^", b: "catalog:" }, peerDependencies: { c: "file:../c" } }),
    [
      "dependencies.a: expected a range that a registry knows, found workspace:^",
      "dependencies.b: expected a range that a registry knows, found catalog:",
      "peerDependencies.c: expected a range that a registry knows, found file:../c",
    ],
  ],
  [
    "a missing licence and README",
    problems({ license: "ISC" }, FILES.slice(2)),
    [
      'license: expected "MIT", found "ISC"',
      "README.md: expected it in the package",
      "LICENSE: expected it in the package",
    ],
  ],
  [
    "files in dist to which no entry leads, such as a second chunk, and files that are not listed",
    problems({}, [
      ...FILES,
      "dist/shared2.js",
      "dist/generated/index.js.map",
      "tsconfig.json",
      "openapi.yaml.orig",
    ]),
    [
      "dist/shared2.js: expected no such file, since no entry leads to it",
      "dist/generated/index.js.map: expected no such file, since no entry leads to it",
      "tsconfig.json: expected no such file, since `files` does not name it",
      "openapi.yaml.orig: expected no such file, since `files` does not name it",
    ],
  ],
  [
    "another specification than the recorded one",
    problems({}, FILES, "def"),
    ["openapi.yaml: expected the specification whose SHA-256 generatedFrom records (abc), found def"],
  ],
  [
    "a client without a record or a specification",
    problemsOf({ manifest: { ...FIT, generatedFrom: {} }, files: FILES, specificationSha256: undefined }),
    ["openapi.yaml: expected the specification whose SHA-256 generatedFrom records (undefined), found none"],
  ],
  [
    "conditions in another order",
    problems({ exports: reordered }),
    [`exports: expected ${JSON.stringify(wanted)}, found ${JSON.stringify(reordered)}`],
  ],
  [
    "an entry point for older resolvers that is missing",
    problems({ main: undefined }),
    ['main: expected "./dist/generated/index.cjs", found none'],
  ],
];
for (const [name, found, wanted] of table) test(`names ${name}`, () => expect(found).toEqual(wanted));

const CORE: Manifest = {
  name: "@org/auth-core",
  license: "MIT",
  files: ["bin", "dist"],
  ...entryPoints(["./store"]),
};

test("requires no specification in a package that is not a client", () => {
  const compiled = [
    "dist/cli.js",
    "dist/index.cjs",
    "dist/shared.d.cts",
    "dist/shared.js",
    "dist/store/index.d.ts",
  ];
  const files = ["LICENSE", "README.md", "bin/tool.js", ...compiled, "package.json"];
  expect(problemsOf({ manifest: CORE, files, specificationSha256: undefined })).toEqual([]);
});

test("requires both formats of every entry, with their own types and for older resolvers", () => {
  const files = ["LICENSE", "README.md", "package.json"];
  const exports = { ...entryPoints(["./store"]).exports, "./store": "./dist/store/index.js" };
  const manifest = { ...CORE, exports, typesVersions: undefined };
  expect(problemsOf({ manifest, files, specificationSha256: undefined })).toEqual([
    'typesVersions: expected {"*":{"store":["./dist/store/index.d.cts"]}}, found none',
    `exports: expected ${JSON.stringify(entryPoints(["./store"]).exports)}, found ${JSON.stringify(exports)}`,
  ]);
});

test("requires no entry of a command, but one of a package without a command", () => {
  const files = ["LICENSE", "README.md", "bin/tool.js", "dist/cli.js", "package.json"];
  const { name, license } = CORE;
  const manifest = { name, license, files: ["bin", "dist"], exports: { "./package.json": "./package.json" } };
  const found = (bin: object) =>
    problemsOf({ manifest: { ...manifest, ...bin }, files, specificationSha256: undefined });
  expect(found({ bin: { tool: "./bin/tool.js" } })).toEqual([]);
  expect(found({})[0]).toBe('main: expected "./dist/index.cjs", found none');
});
