import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { formatted } from "@org/generate/formatted";
import { pascalCase, UsageProblem } from "@org/vendors";
import { parseDocument } from "yaml";
import type { Answers } from "./questions.ts";
import { specificationText } from "./specification.ts";

/** Files that are the same for every client but for the vendor's name. */
const SHARED = ["turbo.json", "tsconfig.json", "tsconfig.build.json", "LICENSE"];

/**
 * Writes a vendor's specification, package, place in the list of vendors and changeset, and generates its client. If that
 * fails, everything is restored.
 *
 * @returns the paths that were written, from the root of the repository
 * @throws {UsageProblem} if the vendor exists already or its specification has problems, before anything is written.
 */
export function createVendor(repository: string, answers: Answers): string[] {
  const { slug, title } = answers;
  const text = specificationText(answers);
  const list = join(repository, "redocly.yaml");
  const before = readFileSync(list, "utf8");
  const document = parseDocument(before);
  const vendors = Object.keys(document.toJS().apis ?? {});
  const [model] = vendors;
  if (vendors.includes(slug)) throw new UsageProblem(`vendor: expected a new one, received "${slug}"`);
  if (model === undefined)
    throw new UsageProblem("redocly.yaml: expected a vendor to model the package on, found none");
  const specification = `specs/${slug}/openapi.yaml`;
  const client = `packages/${slug}-client`;
  const changeset = `.changeset/${slug}-client-first-version.md`;
  const created = [`specs/${slug}`, client, changeset];
  const present = created.find((path) => existsSync(join(repository, path)));
  if (present) throw new UsageProblem(`vendor: expected a new one, found ${present} in the way`);
  const files = new Map([
    [specification, text],
    ...[...packageFiles(repository, model, answers)].map(
      ([name, text]) => [`${client}/${name}`, text] as const,
    ),
    [changeset, `---\n"@org/${slug}-client": minor\n---\n\nFirst version: access tokens for ${title}.\n`],
  ]);

  document.setIn(["apis", slug], document.createNode({ root: specification }));
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(repository, path)), { recursive: true });
      writeFileSync(join(repository, path), text);
    }
    writeFileSync(list, document.toString({ lineWidth: 0 }));
    const generator = join(repository, "tools/generate/src/main.ts");
    execFileSync(process.execPath, [generator, slug], {
      cwd: repository,
      stdio: ["ignore", "ignore", "pipe"],
    });
  } catch (error) {
    for (const path of created) rmSync(join(repository, path), { recursive: true, force: true });
    writeFileSync(list, before);
    throw error;
  }
  return ["redocly.yaml", ...files.keys(), `${client}/src/generated`, `specs/${slug}/wire`, "README.md"];
}

/** The package of a vendor, modelled on another vendor's: texts by the file's path in it. */
function packageFiles(repository: string, model: string, { slug, title }: Answers): Map<string, string> {
  const Vendor = pascalCase(slug);
  const read = (name: string) => readFileSync(join(repository, "packages", `${model}-client`, name), "utf8");
  const renamed = (text: string) =>
    text
      .replaceAll(`specs/${model}/`, `specs/${slug}/`)
      .replaceAll(`@org/${model}-client`, `@org/${slug}-client`);
  const { generatedFrom: _, ...manifest } = JSON.parse(renamed(read("package.json")));
  const own = {
    ...manifest,
    version: "0.0.0",
    description: `Typed client and access tokens for ${title}.`,
    scripts: { ...manifest.scripts, generate: `node ../../tools/generate/src/main.ts ${slug}` },
  };
  const readme = readFileSync(join(import.meta.dirname, "client-readme.md"), "utf8")
    .replaceAll("{slug}", slug)
    .replaceAll("{title}", () => title)
    .replaceAll("{Vendor}", Vendor);
  const test = `import { testVendor } from "@org/conformance";
import { create${Vendor}Client, create${Vendor}TokenCache } from "./generated/index.ts";

testVendor("${slug}", { createClient: create${Vendor}Client, createTokenCache: create${Vendor}TokenCache });
`;
  return inShape([
    ...SHARED.map((name): [string, string] => [name, renamed(read(name))]),
    ["package.json", JSON.stringify(own, undefined, 2)],
    ["README.md", readme],
    [`src/${slug}.test.ts`, test],
  ]);
}

/** The files as the repository's formatter writes them: how long a line gets depends on the vendor's name. */
function inShape(files: readonly [path: string, text: string][]): Map<string, string> {
  const code = files.filter(([path]) => /\.(json|ts)$/.test(path));
  const texts = formatted(code.map(([path, text]) => ({ name: basename(path), text })));
  return new Map([...files, ...code.map(([path], index) => [path, texts[index]?.text ?? ""] as const)]);
}
