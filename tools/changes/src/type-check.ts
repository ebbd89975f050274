import ts from "typescript";

/** A type that is compared: an expression in which `Old` or `New` is a version of a module. */
export interface VersionedType {
  readonly typeIn: (version: "Old" | "New") => string;
}

/** What the compiler says about two types. */
export interface Comparison {
  /** What keeps an old value from being used as a new one; `undefined` if nothing does. */
  readonly narrowed: string | undefined;
  /** What keeps a new value from being used as an old one; `undefined` if nothing does. */
  readonly widened: string | undefined;
  /** The members of both, however deep, such as `owner.name`. */
  members(): readonly [before: ReadonlySet<string>, after: ReadonlySet<string>];
}

const ROOT = import.meta.dirname;
const OPTIONS: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: false,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: [],
};
/** The library is parsed once, however many types are compared. */
const SOURCES = new Map<string, ts.SourceFile | undefined>();

/**
 * Compares types of two versions of a module, all of them in one run of the compiler. The modules exist in memory only, and so
 * do those of `imports`: import specifier -> text.
 */
export function compareTypes<Type extends VersionedType>(
  [old, now]: readonly [old: string, now: string],
  types: readonly Type[],
  imports: Readonly<Record<string, string>> = {},
): (Type & Comparison)[] {
  const fits = types.flatMap(({ typeIn }) => [
    `(x: ${typeIn("Old")}): ${typeIn("New")}`,
    `(x: ${typeIn("New")}): ${typeIn("Old")}`,
  ]);
  const lines = fits.map((signature, index) => `function f${index}${signature} { return x; }`);
  const head = 'import type * as Old from "./Old.js"; import type * as New from "./New.js";';
  const questions = `${ROOT}/questions.ts`;
  const imported = Object.entries(imports).map(
    ([specifier, text], index) => [specifier, `${ROOT}/imported-${index}.ts`, text] as const,
  );
  const files = new Map([
    [`${ROOT}/Old.ts`, old],
    [`${ROOT}/New.ts`, now],
    [questions, [head, ...lines].join("\n")],
    ...imported.map(([, file, text]) => [file, text] as const),
  ]);
  const paths = Object.fromEntries(imported.map(([specifier, file]) => [specifier, [file]]));
  const program = ts.createProgram([questions], { ...OPTIONS, paths }, hostOf(files));
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(questions) as ts.SourceFile;
  const misfits = new Map<number, string>();
  for (const { start = 0, messageText } of program.getSemanticDiagnostics(source)) {
    const index = source.getLineAndCharacterOfPosition(start).line - 1;
    if (!misfits.has(index)) misfits.set(index, innermost(messageText));
  }
  const functions = source.statements.filter(ts.isFunctionDeclaration);
  const members = (index: number) => {
    const [parameter] = functions[index]?.parameters ?? [];
    return membersOf(checker, checker.getTypeAtLocation(parameter as ts.Node));
  };
  return types.map((type, index) => ({
    ...type,
    narrowed: misfits.get(2 * index),
    widened: misfits.get(2 * index + 1),
    members: () => [members(2 * index), members(2 * index + 1)],
  }));
}

function membersOf(checker: ts.TypeChecker, whole: ts.Type): ReadonlySet<string> {
  const found = new Set<string>();
  const collect = (type: ts.Type, prefix: string, passed: readonly ts.Type[]): void => {
    if (passed.includes(type) || passed.length > 12) return;
    const within = [...passed, type];
    const element = checker.getIndexTypeOfType(type, ts.IndexKind.Number);
    if (type.isUnionOrIntersection()) {
      for (const part of type.types) collect(part, prefix, within);
    } else if (!(type.flags & ts.TypeFlags.Object) || type.getCallSignatures().length > 0) {
      return;
    } else if (element) {
      collect(element, `${prefix}[]`, within);
    } else {
      for (const property of type.getProperties()) {
        const path = prefix ? `${prefix}.${property.name}` : property.name;
        const value = checker.getTypeOfSymbol(property);
        // openapi-typescript writes `?: never` for what must be absent.
        if (checker.getNonNullableType(value).flags & ts.TypeFlags.Never) continue;
        found.add(path);
        collect(value, path, within);
      }
    }
  };
  collect(whole, "", []);
  return found;
}

function innermost(message: string | ts.DiagnosticMessageChain): string {
  if (typeof message !== "string") return innermost(message.next?.[0] ?? message.messageText);
  // The paths of the compiler's own modules tell a reader nothing.
  return message.replaceAll(/import\("[^"]*"(?:, \{[^}]*\} \})?\)\./g, "");
}

function hostOf(files: ReadonlyMap<string, string>): ts.CompilerHost {
  const host = ts.createCompilerHost(OPTIONS);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.readFile = (file) => files.get(file) ?? readFile(file);
  host.getSourceFile = (file, options) => {
    if (files.has(file)) return getSourceFile(file, options);
    if (!SOURCES.has(file)) SOURCES.set(file, getSourceFile(file, options));
    return SOURCES.get(file);
  };
  return host;
}
