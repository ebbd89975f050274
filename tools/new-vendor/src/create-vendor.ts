import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { formatted } from "@org/generate/formatted";
import { outputsOf } from "@org/generate/outputs";
import { listVendors, pascalCase, tracesOf, UsageProblem, type Vendor } from "@org/vendors";
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
export async function createVendor(repository: string, answers: Answers): Promise<string[]> {
  const { slug, title } = answers;
  refuseExisting(repository, slug);
  const [model] = listVendors(repository);
  if (model === undefined)
    throw new UsageProblem("redocly.yaml: expected a vendor to model the package on, found none");
  const specification = `specs/${slug}/openapi.yaml`;
  const client = `packages/${slug}-client`;
  const list = join(repository, "redocly.yaml");
  const before = readFileSync(list, "utf8");
  const files = [
    { name: specification, text: specificationText(answers) },
    ...formatted(packageFiles(model, answers)),
    {
      name: `.changeset/${slug}-client-first-version.md`,
      text: `---\n"@org/${slug}-client": minor\n---\n\nFirst version: access tokens for ${title}.\n`,
    },
  ];
  try {
    for (const { name, text } of files) {
      mkdirSync(dirname(join(repository, name)), { recursive: true });
      writeFileSync(join(repository, name), text);
    }
    const document = parseDocument(before);
    document.setIn(["apis", slug], document.createNode({ root: specification }));
    writeFileSync(list, document.toString({ lineWidth: 0 }));
    for (const output of await outputsOf(repository, [slug])) output.write();
  } catch (error) {
    for (const path of tracesOf(repository, slug)) rmSync(join(repository, path), { recursive: true });
    writeFileSync(list, before);
    throw error;
  }
  const written = files.map(({ name }) => name);
  return ["redocly.yaml", ...written, `${client}/src/generated`, `specs/${slug}/wire`, "README.md"];
}

/**
 * Makes sure that a vendor can be created.
 *
 * @throws {UsageProblem} if it is listed, or something of it is left.
 */
export function refuseExisting(repository: string, slug: string): void {
  if (listVendors(repository).some((vendor) => vendor.slug === slug))
    throw new UsageProblem(`vendor: expected a new one, received "${slug}"`);
  const [present] = tracesOf(repository, slug);
  if (present) throw new UsageProblem(`vendor: expected a new one, found ${present} in the way`);
}

/** The package of a vendor, modelled on another vendor's. */
function packageFiles(model: Vendor, { slug, title }: Answers) {
  const Vendor = pascalCase(slug);
  const read = (name: string) =>
    readFileSync(join(model.repository, model.client, name), "utf8")
      .replaceAll(`specs/${model.slug}/`, `specs/${slug}/`)
      .replaceAll(`@org/${model.slug}-client`, `@org/${slug}-client`);
  const { generatedFrom: _, ...manifest } = JSON.parse(read("package.json"));
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
  const texts = {
    ...Object.fromEntries(SHARED.map((name) => [name, read(name)])),
    "package.json": JSON.stringify(own, undefined, 2),
    "README.md": readme,
    [`src/${slug}.test.ts`]: test,
  };
  return Object.entries(texts).map(([name, text]) => ({ name: `packages/${slug}-client/${name}`, text }));
}
