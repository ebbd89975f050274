import { existsSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { isolatedDeclarationSync } from "oxc-transform";
import ts from "typescript";

/** A package whose surface should be listed. */
export interface SurfacePackage {
  readonly name: string;
  /** Entry as in `exports` -> path of its module. */
  readonly entries: Readonly<Record<string, string>>;
  /** The text of a module, `.ts` or `.d.ts`; `undefined` if there is none. */
  read(path: string): string | undefined;
}

interface Declared {
  readonly source: ts.SourceFile;
  /** A function may have several. */
  readonly statements: readonly ts.Node[];
}

/** What openapi-typescript exports: types that come from a specification are judged by the wire and type gates, and only named here. */
const FROM_SPEC = new Set(["paths", "webhooks", "components", "$defs", "operations"]);

/** Without the library: globals are not part of a surface. */
const OPTIONS: ts.CompilerOptions = { noLib: true, types: [], target: ts.ScriptTarget.ES2022 };

/**
 * The surface of a package in a folder: from its sources in a checkout, from its `.d.ts` files if it is an unpacked tarball.
 *
 * @throws {Error} for a missing module, or two declarations of one name.
 */
export function surfaceOfFolder(folder: string): string {
  const read = (path: string) =>
    existsSync(`${folder}/${path}`) ? readFileSync(`${folder}/${path}`, "utf8") : undefined;
  const { name, exports = {} } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const fromSource = existsSync(`${folder}/src`);
  const entries = Object.entries(exports).flatMap(([entry, target]) => {
    const types = typesOf(target);
    if (types === undefined) return [];
    const path = posix.normalize(types);
    return [[entry, fromSource ? path.replace(/^dist\//, "src/").replace(/\.d\.ts$/, ".ts") : path]];
  });
  return listSurface({ name, entries: Object.fromEntries(entries), read });
}

/** The types of an entry: those that come first, since every format has the same. */
function typesOf(target: unknown): string | undefined {
  if (typeof target !== "object" || target === null) return undefined;
  const { types, ...conditions } = target as Record<string, unknown>;
  if (typeof types === "string") return types;
  return Object.values(conditions)
    .map(typesOf)
    .find((found) => found !== undefined);
}

/**
 * Lists what a package exports: the names of each entry, then every declaration that they lead to, in alphabetical order
 * and without comments. The list is itself a module that a compiler understands.
 */
export function listSurface(pack: SurfacePackage): string {
  const program = ts.createProgram(Object.values(pack.entries), OPTIONS, hostOf(pack));
  const checker = program.getTypeChecker();
  const outside = new Map<string, Set<string>>();
  const inside = new Map<string, Declared>();
  const take = (symbol: ts.Symbol) => {
    const { name, declarations: [declaration] = [] } = symbol;
    if (!declaration) return;
    if (symbol.flags & ts.SymbolFlags.Alias) {
      const module = moduleNamedBy(declaration);
      const isOurs = module === undefined || module.startsWith(".");
      const next = isOurs && checker.getImmediateAliasedSymbol(symbol);
      if (next) take(next);
      if (!isOurs) outside.set(module, (outside.get(module) ?? new Set()).add(importText(declaration)));
      return;
    }
    const source = statementOf(declaration).parent;
    if (!ts.isSourceFile(source)) return;
    const known = inside.get(name)?.source ?? source;
    if (known !== source) {
      throw new Error(
        `${pack.name}: ${name} is declared in ${known.fileName} and in ${source.fileName}; expected one declaration of each name`,
      );
    }
    inside.set(name, { source, statements: symbol.declarations?.map(statementOf) ?? [] });
  };

  const heads = Object.entries(pack.entries).map(([entry, path]) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(path) as ts.SourceFile);
    const exports = module ? checker.getExportsOfModule(module) : [];
    for (const symbol of exports) take(symbol);
    const names = exports.map(({ name }) => name).sort();
    return `// ${entry === "." ? pack.name : pack.name + entry.slice(1)}: ${names.join(", ")}`;
  });
  const exported = new Set(inside.keys());
  const visit = (node: ts.Node) => {
    const symbol = ts.isIdentifier(node) && checker.getSymbolAtLocation(node);
    if (symbol) take(symbol);
    ts.forEachChild(node, visit);
  };
  // Grows while it is read.
  for (const [name, { statements }] of inside) {
    if (!FROM_SPEC.has(name)) statements.forEach(visit);
  }
  const imports = [...outside]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([module, names]) => `import type { ${[...names].sort().join(", ")} } from ${JSON.stringify(module)};`,
    );
  const texts = [...inside]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, declared]) => declarationText(name, declared, exported.has(name)));
  return `${[...heads, "", ...imports, ...(imports.length > 0 ? [""] : []), ...texts].join("\n")}\nexport {};\n`;
}

/** Reads a `.ts` as the `.d.ts` that the build makes of it: our modules declare the types of all exports. */
function hostOf({ name, read }: SurfacePackage): ts.CompilerHost {
  // A module is imported as what it is compiled to, or as what it is.
  const moduleAt = (path: string) =>
    [".ts", ".d.ts"]
      .map((end) => path.replace(/(\.d)?\.[jt]s$/, end))
      .find((one) => read(one) !== undefined) ?? path;
  return {
    ...ts.createCompilerHost(OPTIONS),
    getCurrentDirectory: () => "",
    getSourceFile(path, options) {
      const text = read(path);
      if (text === undefined) throw new Error(`${name}: expected a module at ${path}, found none`);
      const declarations = path.endsWith(".d.ts") ? text : isolatedDeclarationSync(path, text).code;
      return ts.createSourceFile(path, declarations, options);
    },
    resolveModuleNameLiterals: (literals, from) =>
      literals.map(({ text }) => ({
        resolvedModule: text.startsWith(".")
          ? { resolvedFileName: moduleAt(posix.join(posix.dirname(from), text)), extension: ts.Extension.Ts }
          : undefined,
      })),
  };
}

/** The module that an import or export is from. */
function moduleNamedBy(declaration: ts.Declaration): string | undefined {
  const from = ts.findAncestor(
    declaration,
    (node) => ts.isImportDeclaration(node) || ts.isExportDeclaration(node),
  );
  return from?.moduleSpecifier && (from.moduleSpecifier as ts.StringLiteral).text;
}

/** What an import takes from a module, as it is written between braces. */
function importText(declaration: ts.Declaration): string {
  if (ts.isImportClause(declaration)) return `default as ${declaration.name?.text}`;
  const { propertyName, name } = declaration as ts.ImportSpecifier | ts.ExportSpecifier;
  return propertyName ? `${propertyName.text} as ${name.text}` : name.text;
}

/** The statement of a declaration: a variable is declared inside of one. */
function statementOf(declaration: ts.Declaration): ts.Node {
  return ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
}

function declarationText(name: string, { source, statements }: Declared, isExported: boolean): string {
  const prefix = isExported ? "export " : "";
  if (FROM_SPEC.has(name)) return `${prefix}interface ${name} {} // see src/generated/schema.ts`;
  const printer = ts.createPrinter({ removeComments: true });
  return (
    statements
      .map((statement) => printer.printNode(ts.EmitHint.Unspecified, withoutPrivates(statement), source))
      // Where a member comes from is not part of its type; the compiler leaves the word out, other tools do not.
      .map((text) => prefix + text.replace(/^(export )?/, "").replace(/^(\s+)override /gm, "$1"))
      .join("\n")
  );
}

/** Private members do not matter to a class's users, and would make its two versions incompatible for the compiler. */
function withoutPrivates(statement: ts.Node): ts.Node {
  if (!ts.isClassDeclaration(statement)) return statement;
  const open = statement.members.filter(
    (member) =>
      !(member.name && ts.isPrivateIdentifier(member.name)) &&
      !(ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private),
  );
  const { modifiers, name, typeParameters, heritageClauses } = statement;
  return ts.factory.updateClassDeclaration(statement, modifiers, name, typeParameters, heritageClauses, open);
}
