import { isolatedDeclarationSync } from "oxc-transform";
import ts from "typescript";

/** A module as its `.d.ts` shows it. */
export interface DeclarationFile {
  /** Top-level declarations by name; a function may have several. */
  readonly declared: ReadonlyMap<string, readonly ts.Statement[]>;
  /** Local name -> where it comes from. */
  readonly imported: ReadonlyMap<string, Origin>;
  /** Exported name -> the local name, or where it comes from. */
  readonly exported: ReadonlyMap<string, string | Origin>;
  readonly source: ts.SourceFile;
}

/** An export of another module. */
export interface Origin {
  readonly module: string;
  readonly name: string;
}

/** Reads a `.d.ts`, or the `.ts` that one is built from as the build does: all of ours say the types of what they export. */
export function readDeclarations(path: string, text: string): DeclarationFile {
  const declarations = path.endsWith(".d.ts") ? text : isolatedDeclarationSync(path, text).code;
  const source = ts.createSourceFile(path, declarations, ts.ScriptTarget.ES2022, true);
  const declared = new Map<string, ts.Statement[]>();
  const imported = new Map<string, Origin>();
  const exported = new Map<string, string | Origin>();
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) readImport(statement, imported);
    else if (ts.isExportDeclaration(statement)) readExport(statement, exported);
    else {
      for (const name of namesOf(statement)) {
        declared.set(name, [...(declared.get(name) ?? []), statement]);
        if (
          ts.canHaveModifiers(statement) &&
          ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
        ) {
          exported.set(name, name);
        }
      }
    }
  }
  return { declared, imported, exported, source };
}

function readImport(
  { importClause, moduleSpecifier }: ts.ImportDeclaration,
  imported: Map<string, Origin>,
): void {
  const module = (moduleSpecifier as ts.StringLiteral).text;
  if (importClause?.name) imported.set(importClause.name.text, { module, name: "default" });
  const bindings = importClause?.namedBindings;
  if (bindings && ts.isNamedImports(bindings)) {
    for (const { name, propertyName } of bindings.elements) {
      imported.set(name.text, { module, name: (propertyName ?? name).text });
    }
  }
  if (bindings && ts.isNamespaceImport(bindings)) imported.set(bindings.name.text, { module, name: "*" });
}

function readExport(
  { exportClause, moduleSpecifier }: ts.ExportDeclaration,
  exported: Map<string, string | Origin>,
): void {
  if (!exportClause || !ts.isNamedExports(exportClause)) return;
  for (const { name, propertyName } of exportClause.elements) {
    const local = (propertyName ?? name).text;
    exported.set(
      name.text,
      moduleSpecifier ? { module: (moduleSpecifier as ts.StringLiteral).text, name: local } : local,
    );
  }
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  }
  const { name } = statement as { name?: ts.Node };
  return name ? [name.getText()] : [];
}
