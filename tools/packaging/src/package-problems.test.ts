import { expect, test } from "vitest";
import { CLIENT_EXPORTS } from "./client-exports.ts";
import { problemsOf } from "./package-problems.ts";
import type { Manifest } from "./packed-package.ts";

const SOURCES = ["generated/index.ts", "acme.test.ts"];
const FILES = [
  "LICENSE",
  "README.md",
  "dist/generated/index.d.ts",
  "dist/generated/index.js",
  "openapi.yaml",
  "package.json",
];
const FIT: Manifest = {
  name: "@org/acme-client",
  license: "MIT",
  files: ["dist", "openapi.yaml"],
  exports: CLIENT_EXPORTS,
  generatedFrom: { sha256: "abc" },
  dependencies: { "@org/auth-core": "^1.0.0" },
};

function problems(
  manifest: Partial<Manifest> = {},
  files = FILES,
  specificationSha256: string | undefined = "abc",
) {
  return problemsOf({ manifest: { ...FIT, ...manifest }, files, specificationSha256 }, SOURCES);
}

test("finds nothing wrong with a package that is fit", () => expect(problems()).toEqual([]));

const conditions = Object.entries(CLIENT_EXPORTS["."] ?? {});
const reordered = { ...CLIENT_EXPORTS, ".": Object.fromEntries(conditions.reverse()) };
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
    "files left over in dist, compiled tests and files that nobody listed",
    problems({}, [...FILES, "dist/gone.js", "dist/acme.test.js", "tsconfig.json", "openapi.yaml.orig"]),
    [
      "dist/gone.js: expected no such file, since src has no source for it",
      "dist/acme.test.js: expected no such file, since src has no source for it",
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
    problemsOf(
      { manifest: { ...FIT, generatedFrom: {} }, files: FILES, specificationSha256: undefined },
      SOURCES,
    ),
    ["openapi.yaml: expected the specification whose SHA-256 generatedFrom records (undefined), found none"],
  ],
  [
    "conditions in another order",
    problems({ exports: reordered }),
    [`exports: expected ${JSON.stringify(CLIENT_EXPORTS)}, found ${JSON.stringify(reordered)}`],
  ],
];
for (const [name, found, wanted] of table) test(`names ${name}`, () => expect(found).toEqual(wanted));

test("asks of a package that is no client neither exports nor a specification", () => {
  const manifest = { name: "@org/auth-core", license: "MIT", files: ["dist", "bin"], exports: {} };
  const files = ["LICENSE", "README.md", "bin/tool.js", "package.json"];
  expect(problemsOf({ manifest, files, specificationSha256: undefined }, SOURCES)).toEqual([]);
});
