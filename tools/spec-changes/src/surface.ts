import ts from "typescript";
import { type DeclarationFile, type Origin, readDeclarations } from "./declarations.ts";

/** A package whose surface is to be listed. */
export interface SurfacePackage {
  readonly name: string;
  /** Entry as in `exports` -> path of its module. */
  readonly entries: Readonly<Record<string, string>>;
  /** The text of a module, `.ts` or `.d.ts`; `undefined` where there is none. */
  read(path: string): string | undefined;
  /** Finds the module that a relative import means. */
  locate(from: string, specifier: string): string;
}

interface Found {
  readonly path: string;
  readonly name: string;
  readonly file: DeclarationFile;
}

/** What openapi-typescript exports: types that a specification decides are judged by the wire and the types, and named here. */
const FROM_SPEC = new Set(["paths", "webhooks", "components", "$defs", "operations"]);

/**
 * Lists what a package exports: the names of each entry, then every declaration that they lead to, in alphabetical order
 * and without comments. The list is itself a module that a compiler understands.
 */
export function listSurface(pack: SurfacePackage): string {
  const files = new Map<string, DeclarationFile>();
  const load = (path: string): DeclarationFile => {
    const text = pack.read(path);
    if (text === undefined) throw new Error(`${pack.name}: expected a module at ${path}, found none`);
    const file = files.get(path) ?? readDeclarations(path, text);
    files.set(path, file);
    return file;
  };
  const resolve = (path: string, to: string | Origin): Found | Origin => {
    const file = load(path);
    if (typeof to === "string") {
      const origin = file.imported.get(to);
      return origin ? resolve(path, origin) : { path, name: to, file };
    }
    if (!to.module.startsWith(".")) return to;
    const target = pack.locate(path, to.module);
    return resolve(target, load(target).exported.get(to.name) ?? to.name);
  };

  const outside = new Map<string, Set<string>>();
  const inside = new Map<string, Found>();
  const queue: Found[] = [];
  const take = (found: Found | Origin) => {
    if (!("file" in found)) {
      outside.set(found.module, (outside.get(found.module) ?? new Set()).add(found.name));
      return;
    }
    const known = inside.get(found.name);
    if (known && known.path !== found.path) {
      throw new Error(
        `${pack.name}: ${found.name} is declared in ${known.path} and in ${found.path}; one surface needs one of each name`,
      );
    }
    if (known) return;
    inside.set(found.name, found);
    queue.push(found);
  };

  const heads = Object.entries(pack.entries).map(([entry, path]) => {
    const names = [...load(path).exported].map(([name, to]) => {
      take(resolve(path, to));
      return name;
    });
    return `// ${entry === "." ? pack.name : pack.name + entry.slice(1)}: ${names.sort().join(", ")}`;
  });
  const exported = new Set(inside.keys());
  for (let found = queue.pop(); found; found = queue.pop()) {
    if (FROM_SPEC.has(found.name)) continue;
    for (const statement of found.file.declared.get(found.name) ?? []) {
      for (const name of referencesIn(statement)) {
        if (found.file.declared.has(name) || found.file.imported.has(name)) take(resolve(found.path, name));
      }
    }
  }
  const imports = [...outside]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([module, names]) =>
        `import type { ${[...names]
          .sort()
          .map((name) => (name === "default" ? `default as ${name}` : name))
          .join(", ")} } from ${JSON.stringify(module)};`,
    );
  const declarations = [...inside.values()]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((found) => declarationText(found, exported.has(found.name)));
  return `${[...heads, "", ...imports, ...(imports.length > 0 ? [""] : []), ...declarations].join("\n")}\nexport {};\n`;
}

function declarationText({ name, file }: Found, isExported: boolean): string {
  const prefix = isExported ? "export " : "";
  if (FROM_SPEC.has(name)) return `${prefix}interface ${name} {} // see src/generated/schema.ts`;
  const printer = ts.createPrinter({ removeComments: true });
  return (
    (file.declared.get(name) ?? [])
      .map((statement) => printer.printNode(ts.EmitHint.Unspecified, withoutPrivates(statement), file.source))
      // Where a member comes from is not part of its type; the compiler leaves the word out, other tools do not.
      .map((text) => prefix + text.replace(/^(export )?/, "").replace(/^(\s+)override /gm, "$1"))
      .join("\n")
  );
}

/** Private members of a class say nothing to its users, and would make two versions of it strangers to the compiler. */
function withoutPrivates(statement: ts.Statement): ts.Statement {
  if (!ts.isClassDeclaration(statement)) return statement;
  const open = statement.members.filter(
    (member) =>
      !(member.name && ts.isPrivateIdentifier(member.name)) &&
      !(
        ts.canHaveModifiers(member) &&
        ts.getModifiers(member)?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword)
      ),
  );
  const { modifiers, name, typeParameters, heritageClauses } = statement;
  return ts.factory.updateClassDeclaration(statement, modifiers, name, typeParameters, heritageClauses, open);
}

function referencesIn(statement: ts.Statement): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node) => {
    if (ts.isTypeReferenceNode(node)) names.add(leftmost(node.typeName));
    else if (ts.isTypeQueryNode(node)) names.add(leftmost(node.exprName));
    else if (ts.isExpressionWithTypeArguments(node) && ts.isIdentifier(node.expression))
      names.add(node.expression.text);
    ts.forEachChild(node, visit);
  };
  visit(statement);
  return names;
}

function leftmost(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : leftmost(name.left);
}
