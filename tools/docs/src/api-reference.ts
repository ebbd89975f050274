import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  Application,
  Comment,
  type Context,
  Converter,
  type DeclarationReflection,
  OptionDefaults,
  ReflectionKind,
} from "typedoc";
import { packageTable, publicEntries } from "./packages.ts";
import { places } from "./places.ts";

type Entry = ReturnType<typeof publicEntries>[number];

/**
 * Writes a page for each entry of each published package, made from doc comments.
 *
 * @throws {Error} when the sources cannot be read.
 */
export async function buildApiReference(): Promise<void> {
  const entries = publicEntries();
  rmSync(places.apiReference, { recursive: true, force: true });
  const app = await Application.bootstrapWithPlugins({
    options: join(import.meta.dirname, "typedoc.jsonc"),
    plugin: [
      import.meta.resolve("typedoc-plugin-markdown"),
      import.meta.resolve("typedoc-plugin-missing-exports"),
    ],
    entryPoints: entries.map(({ source }) => source.replaceAll("\\", "/")),
    out: places.apiReference,
    // Tags of the generated schemas.
    blockTags: [...OptionDefaults.blockTags, "@description", "@constant"],
  });
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, (context) => {
    namePages(context, entries);
    closeSchemas(context);
    nameThrownErrors(context);
  });
  const project = await app.convert();
  if (!project) throw new Error("packages: expected sources that TypeDoc can read, see above");
  app.validate(project);
  await app.generateOutputs(project);
  for (const entry of entries) tidy(join(places.apiReference, `${entry.page}.md`), entry);
  writeFileSync(join(places.apiReference, "index.md"), `${INTRODUCTION}\n${packageTable("./")}`);
}

const INTRODUCTION = `---
description: What each package exports, made from the comments in its source.
editLink: false
---

# API reference

What a program can import, made from the comments in the sources. Types that a signature mentions are on the same page, including those that cannot be imported by name.
`;

/** Names each module after its page: TypeDoc names it by its folder. */
function namePages({ project }: Context, entries: readonly Entry[]): void {
  for (const module of project.getChildrenByKind(ReflectionKind.Module)) {
    const entry = entries.find(({ source }) =>
      dirname(source).replaceAll("\\", "/").endsWith(`/packages/${module.name}`),
    );
    if (entry) module.name = entry.page;
  }
}

/** Leaves the insides of generated schemas to the vendors' references, which show them better. */
function closeSchemas({ project }: Context): void {
  for (const name of ["paths", "components"]) {
    const schemas = project
      .getReflectionsByKind(ReflectionKind.Interface)
      .filter((reflection) => reflection.name === name);
    for (const schema of schemas as DeclarationReflection[]) {
      for (const child of [...(schema.children ?? [])]) project.removeReflection(child);
      schema.comment = new Comment([
        { kind: "text", text: `The \`${name}\` of the specification, as openapi-typescript writes them.` },
      ]);
    }
  }
}

/** TypeDoc keeps the type of `@throws {TypeError} when ...` and does not print it. */
function nameThrownErrors({ project }: Context): void {
  for (const reflection of Object.values(project.reflections)) {
    for (const tag of reflection.comment?.blockTags ?? []) {
      const name = tag.tag === "@throws" && tag.typeAnnotation?.replace(/^\{|\}$/g, "");
      if (name) tag.content.unshift({ kind: "code", text: `\`${name}\`` }, { kind: "text", text: " " });
    }
  }
}

/** Titles a page by what a program imports, and leaves out where a member comes from, which its type already says. */
function tidy(file: string, { name }: Entry): void {
  const text = readFileSync(file, "utf8")
    .replace(/^# .+$/m, `# ${name}`)
    .replace(/^#+ (?:Implementation of|Inherited from|Overrides|Extended by)\n\n(?:.+\n)+\n?/gm, "")
    // One heading for all errors of a function.
    .replace(/(?<=#### Throws\n(?:(?!#)[\s\S])*)\n#### Throws\n/g, "");
  writeFileSync(
    file,
    `---\ndescription: What ${name} exports.\neditLink: false\npageClass: api-page\n---\n\n${text}`,
  );
}
