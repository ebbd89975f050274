import { dirname } from "node:path";
import ts from "typescript";

/** Asks the compiler about modules that exist in memory only. */
export interface TypeCheck {
  /** What keeps a value of one type from being used as another; `undefined` where nothing does. */
  misfit(from: string, to: string): string | undefined;
  /** The members of a type, however deep, such as `owner.name`. */
  members(type: string): ReadonlySet<string>;
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
const SOURCES = new Map<string, ts.SourceFile | undefined>();
const CACHE = ts.createModuleResolutionCache(ROOT, (name) => name, OPTIONS);

/** What is asked, all of it before the first result, so that the compiler runs once. */
export interface Questions {
  /** Name -> text of a module; a type of it is `Name.Type`. */
  readonly modules: Readonly<Record<string, string>>;
  /** Import specifier -> text of the module that stands for it. */
  readonly imports?: Readonly<Record<string, string>>;
  /** Types whose members are asked for. */
  readonly types?: readonly string[];
  /** Pairs of types of which the first may or may not be used as the second. */
  readonly fits: readonly (readonly [from: string, to: string])[];
}

/** Compiles some questions about types. */
export function typeCheck({ modules, imports = {}, types = [], fits }: Questions): TypeCheck {
  const names = Object.keys(modules);
  const head = names.map((name) => `import type * as ${name} from "./${name}.ts";`);
  const aliases = types.map((type, index) => `export type T${index} = ${type};`);
  const lines = fits.map(([from, to]) => `export const f = (x: ${from}): ${to} => x;`);
  const questions = `${ROOT}/questions.ts`;
  const files = new Map([
    ...names.map((name) => [`${ROOT}/${name}.ts`, modules[name] ?? ""] as const),
    ...Object.entries(imports).map(([specifier, text]) => [virtualPath(specifier), text] as const),
    [
      questions,
      [...head, ...aliases, ...lines.map((line, index) => line.replace("f", `f${index}`))].join("\n"),
    ],
  ]);
  const program = ts.createProgram([questions], OPTIONS, hostOf(files));
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(questions);
  if (!source) throw new Error("the compiler lost its questions");
  const misfits = new Map<number, string>();
  for (const { start = 0, messageText } of program.getSemanticDiagnostics(source)) {
    const line = source.getLineAndCharacterOfPosition(start).line - head.length - aliases.length;
    if (!misfits.has(line)) misfits.set(line, innermost(messageText));
  }
  return {
    misfit: (from, to) => misfits.get(fits.findIndex(([a, b]) => a === from && b === to)),
    members(type) {
      const alias = source.statements[head.length + types.indexOf(type)];
      if (!alias || !ts.isTypeAliasDeclaration(alias))
        throw new Error(`a question about ${type} was not put`);
      const found = new Set<string>();
      collect(checker, checker.getTypeFromTypeNode(alias.type), "", found, []);
      return found;
    },
  };
}

function collect(
  checker: ts.TypeChecker,
  type: ts.Type,
  prefix: string,
  found: Set<string>,
  passed: readonly ts.Type[],
): void {
  if (passed.includes(type) || passed.length > 12) return;
  const within = [...passed, type];
  if (type.isUnionOrIntersection()) {
    for (const part of type.types) collect(checker, part, prefix, found, within);
    return;
  }
  if (!(type.flags & ts.TypeFlags.Object)) return;
  const element = checker.getIndexTypeOfType(type, ts.IndexKind.Number);
  if (element) {
    collect(checker, element, `${prefix}[]`, found, within);
    return;
  }
  if (type.getCallSignatures().length > 0) return;
  for (const property of type.getProperties()) {
    const path = prefix ? `${prefix}.${property.name}` : property.name;
    const value = checker.getTypeOfSymbol(property);
    // openapi-typescript says `?: never` of what must not be there.
    if (checker.getNonNullableType(value).flags & ts.TypeFlags.Never) continue;
    found.add(path);
    collect(checker, value, path, found, within);
  }
}

function innermost(message: string | ts.DiagnosticMessageChain): string {
  if (typeof message !== "string") return innermost(message.next?.[0] ?? message.messageText);
  // Where the compiler's own modules lie says nothing to a reader.
  return message.replaceAll(/import\("[^"]*"(?:, \{[^}]*\} \})?\)\./g, "");
}

function virtualPath(specifier: string): string {
  return `${ROOT}/imported-${specifier.replaceAll(/[^\w]/g, "-")}.ts`;
}

function hostOf(files: ReadonlyMap<string, string>): ts.CompilerHost {
  const host = ts.createCompilerHost(OPTIONS);
  const read = (file: string) => ts.createSourceFile(file, host.readFile(file) ?? "", ts.ScriptTarget.ES2022);
  return {
    ...host,
    fileExists: (file) => files.has(file) || host.fileExists(file),
    readFile: (file) => files.get(file) ?? host.readFile(file),
    getSourceFile(file) {
      const text = files.get(file);
      if (text !== undefined)
        return ts.createSourceFile(
          file,
          text,
          { languageVersion: ts.ScriptTarget.ES2022, impliedNodeFormat: ts.ModuleKind.ESNext },
          true,
        );
      // The library is parsed once, however many questions are put.
      if (!SOURCES.has(file)) SOURCES.set(file, host.fileExists(file) ? read(file) : undefined);
      return SOURCES.get(file);
    },
    resolveModuleNameLiterals: (literals, containing) =>
      literals.map(({ text }) => {
        const local = text.startsWith("./") ? `${dirname(containing)}/${text.slice(2)}` : virtualPath(text);
        if (files.has(local)) {
          return { resolvedModule: { resolvedFileName: local, extension: ts.Extension.Ts } };
        }
        return ts.resolveModuleName(text, containing, OPTIONS, host, CACHE, undefined, ts.ModuleKind.ESNext);
      }),
  };
}
