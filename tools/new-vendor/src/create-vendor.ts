import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { formatted } from "@org/generate/formatted";
import { UsageProblem } from "@org/vendors";
import { parseDocument } from "yaml";
import type { Answers } from "./answers.ts";
import { type Files, packageFiles } from "./package-files.ts";
import { specificationText } from "./specification.ts";

/**
 * Writes a vendor's specification, package, place in the list of vendors and changeset, and generates its client. If that
 * fails, everything is restored.
 *
 * @returns the paths that were written, from the root of the repository
 * @throws {UsageProblem} if the vendor exists already or the specification could not be honoured, before anything is
 * written.
 */
export function createVendor(repository: string, answers: Answers): string[] {
  const { slug } = answers;
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
  const files = new Map([[specification, text], ...inShape(packageFiles(repository, model, answers))]);
  const created = [`specs/${slug}`, `packages/${slug}-client`, ...changesets(files)];
  const present = created.find((path) => existsSync(join(repository, path)));
  if (present) throw new UsageProblem(`vendor: expected a new one, found ${present} in the way`);

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
  const generated = [`packages/${slug}-client/src/generated`, `specs/${slug}/wire`, "README.md"];
  return ["redocly.yaml", ...files.keys(), ...generated];
}

function changesets(files: Files): string[] {
  return [...files.keys()].filter((path) => path.startsWith(".changeset/"));
}

/** The files as the repository's formatter writes them: how long a line gets depends on the vendor's name. */
function inShape(files: Files): Files {
  const code = [...files].filter(([path]) => /\.(json|ts)$/.test(path));
  const texts = formatted(code.map(([path, text]) => ({ name: basename(path), text })));
  return new Map([...files, ...code.map(([path], index) => [path, texts[index]?.text ?? ""] as const)]);
}
