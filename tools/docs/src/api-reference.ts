import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Application, type Context, Converter } from "typedoc";
import { places } from "./places.ts";

/** Entry point of auth-core -> what a program imports it as. */
const ENTRY_POINTS = {
  index: "@org/auth-core",
  store: "@org/auth-core/store",
  testing: "@org/auth-core/testing",
  vendor: "@org/auth-core/vendor",
};

/** Where TypeDoc puts the page of `index`, since its own list of entry points has that name. */
const MAIN_PAGE = "index-1.md";

/**
 * Writes the pages of auth-core's exports, made from its doc comments.
 *
 * @throws {Error} when the sources cannot be read.
 */
export async function buildApiReference(): Promise<void> {
  const core = join(places.repository, "packages/auth-core");
  rmSync(places.apiReference, { recursive: true, force: true });
  const app = await Application.bootstrapWithPlugins({
    plugin: [import.meta.resolve("typedoc-plugin-markdown")],
    entryPoints: Object.keys(ENTRY_POINTS).map(
      (name) => `${core.replaceAll("\\", "/")}/src/${name === "index" ? name : `${name}/index`}.ts`,
    ),
    tsconfig: join(core, "tsconfig.build.json"),
    out: places.apiReference,
    readme: "none",
    disableSources: true,
    excludeExternals: true,
    // The compiler checks the package elsewhere.
    skipErrorChecking: true,
    logLevel: "Error",
    preservedTypeAnnotationTags: ["@throws"],
    groupOrder: ["Functions", "Classes", "Interfaces", "Type Aliases"],
    ...MARKDOWN,
  });
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, nameThrownErrors);
  const project = await app.convert();
  if (!project) throw new Error("packages/auth-core: expected sources that TypeDoc can read, see above");
  await app.generateOutputs(project);
  renameSync(join(places.apiReference, MAIN_PAGE), join(places.apiReference, "index.md"));
  for (const name of readdirSync(places.apiReference)) tidy(join(places.apiReference, name));
}

/** Options of typedoc-plugin-markdown, which TypeDoc's types do not know. */
const MARKDOWN = {
  router: "module",
  entryFileName: "index",
  hidePageHeader: true,
  hideBreadcrumbs: true,
  useCodeBlocks: true,
  // VitePress numbers headings of the same name in its own way.
  useHTMLAnchors: true,
  expandObjects: true,
  parametersFormat: "table",
  interfacePropertiesFormat: "table",
  classPropertiesFormat: "table",
  typeAliasPropertiesFormat: "table",
  tableColumnSettings: { hideInherited: true, hideModifiers: true, hideOverrides: true, hideSources: true },
};

/** TypeDoc keeps the type of `@throws {TypeError} when ...` and does not print it. */
function nameThrownErrors({ project }: Context): void {
  for (const reflection of Object.values(project.reflections)) {
    for (const tag of reflection.comment?.blockTags ?? []) {
      const name = tag.tag === "@throws" && tag.typeAnnotation?.replace(/^\{|\}$/g, "");
      if (name) tag.content.unshift({ kind: "code", text: `\`${name}\`` }, { kind: "text", text: " " });
    }
  }
}

/** Names a page after what a program imports, and leaves out where a member comes from, which its type says already. */
function tidy(file: string): void {
  const text = readFileSync(file, "utf8")
    .replace(
      /^# (\w+)$/m,
      (heading, name: string) => `# ${ENTRY_POINTS[name as keyof typeof ENTRY_POINTS] ?? heading}`,
    )
    .replace(/^#+ (?:Implementation of|Inherited from|Overrides|Extended by)\n\n(?:.+\n)+\n?/gm, "")
    // One heading for all errors of a function.
    .replace(/(?<=#### Throws\n(?:(?!#)[\s\S])*)\n#### Throws\n/g, "")
    .replaceAll(MAIN_PAGE, "index.md");
  writeFileSync(file, text);
}
