import ts from "typescript";
import { goneAndNew, type Reason, reasonsOf } from "./reason.ts";
import { type Comparison, compareTypes, type VersionedType } from "./type-check.ts";

const { major, minor, patch } = reasonsOf("surface");

interface Declared extends VersionedType {
  readonly name: string;
  readonly text: string;
  readonly statement: ts.Statement;
  readonly exported: boolean;
  readonly isValue: boolean;
}

/**
 * What changed between two listed surfaces.
 *
 * A function or class is judged by whether the new one can be used as the old one, and a type by the functions that take or return
 * it. `others` contains the surfaces of packages that this one may import.
 */
export function surfaceGate(base: string, revision: string, others: readonly string[] = []): Reason[] {
  if (base === revision) return [];
  const [old, now] = [declarationsOf(base), declarationsOf(revision)];
  const both = [...old.values()].flatMap((before) => {
    const after = now.get(before.name);
    return after ? [{ before, after }] : [];
  });
  const all = new Map([...old, ...now]);
  const isChanged = (name: string) => old.get(name)?.text !== now.get(name)?.text;
  const isSameImport = importsOf(base) === importsOf(revision);
  const asked = both
    .filter(({ before, after }) => before.exported && after.exported)
    // The compiler may take a second to find that two types are alike.
    .filter(({ before: { name } }) => !isSameImport || [...reachableFrom([name], all)].some(isChanged))
    .map(({ before, after }): Declared => {
      return { ...before, typeIn: (version) => (version === "Old" ? before : after).typeIn(version) };
    });
  const imports = others.flatMap((text) => [...entriesOf(text).keys()].map((entry) => [entry, text]));
  const compared = compareTypes([base, revision], asked, Object.fromEntries(imports));
  const values = [...old.values()].filter(({ isValue, exported }) => isValue && exported);
  const reachable = reachableFrom(
    values.map(({ name }) => name),
    old,
  );
  const reasons = [
    ...changedNames(base, revision),
    ...both.flatMap(({ before, after }) => changedMembers(before, after)),
    ...compared.flatMap((declared) => changedUse(declared, reachable)),
  ];
  if (reasons.length > 0) return reasons;
  return [patch("The exported types are written differently and mean the same.")];
}

function importsOf(surface: string): string {
  return surface.match(/^import .*$/gm)?.join("\n") ?? "";
}

/** Entry of a listed surface, such as `@org/auth-core/testing` -> its names. */
function entriesOf(surface: string): Map<string, string[]> {
  const lines = surface.matchAll(/^\/\/ (@?[\w./-]+): (.*)$/gm);
  return new Map([...lines].map(([, entry = "", names = ""]) => [entry, names.split(", ").filter(Boolean)]));
}

function changedNames(base: string, revision: string): Reason[] {
  const [old, now] = [entriesOf(base), entriesOf(revision)];
  return [...new Set(old.keys()).union(now)].flatMap((entry) =>
    goneAndNew(
      old.get(entry) ?? [],
      now.get(entry) ?? [],
      (name) => major(`\`${name}\` is no longer exported from \`${entry}\`.`),
      (name) => minor(`\`${name}\` is new in \`${entry}\`.`),
    ),
  );
}

function changedMembers(before: Declared, after: Declared): Reason[] {
  return goneAndNew(
    membersOf(before.statement),
    membersOf(after.statement),
    (member) => major(`\`${before.name}.${member}\` is gone.`),
    (member) => minor(`\`${before.name}.${member}\` is new.`),
  );
}

function changedUse(
  { name, isValue, narrowed, widened }: Declared & Comparison,
  reachable: ReadonlySet<string>,
): Reason[] {
  if (!narrowed && !widened) return [];
  if (isValue) {
    if (widened) return [major(`\`${name}\` can no longer be used as before: ${widened}`)];
    return [minor(`\`${name}\` takes or gives more than before.`)];
  }
  if (widened && narrowed) return [major(`\`${name}\` is another type than before: ${widened}`)];
  const words = `\`${name}\` is ${widened ? "wider" : "narrower"} than before`;
  // The functions that take or return it have been judged, which shows the direction.
  return [reachable.has(name) ? minor(`${words}.`) : major(`${words}: ${widened ?? narrowed}`)];
}

function declarationsOf(surface: string): Map<string, Declared> {
  const { statements } = ts.createSourceFile("surface.ts", surface, ts.ScriptTarget.ES2022, true);
  const found = new Map<string, Declared>();
  for (const statement of statements) {
    const [variable] = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [];
    const declaration = (variable ?? statement) as { name?: ts.Node; typeParameters?: readonly unknown[] };
    const name = declaration.name?.getText();
    if (name === undefined) continue;
    const isValue = !ts.isInterfaceDeclaration(statement) && !ts.isTypeAliasDeclaration(statement);
    const generic = declaration.typeParameters?.map(() => "any").join(", ");
    const reference = isValue || generic === undefined ? name : `${name}<${generic}>`;
    found.set(name, {
      name,
      text: (found.get(name)?.text ?? "") + statement.getText(),
      statement,
      isValue,
      exported: statement.getText().startsWith("export "),
      typeIn: (version) => `${isValue ? "typeof " : ""}${version}.${reference}`,
    });
  }
  return found;
}

/** Names of the members of a declaration, those of types written inside it included. */
function membersOf(statement: ts.Statement): Set<string> {
  const found = new Set<string>();
  const visit = (node: ts.Node, prefix: string) => {
    const isMember =
      ts.isPropertySignature(node) ||
      ts.isMethodSignature(node) ||
      ts.isPropertyDeclaration(node) ||
      ts.isMethodDeclaration(node) ||
      ts.isAccessor(node);
    const path = isMember ? `${prefix}${node.name.getText()}` : prefix;
    if (isMember) found.add(path);
    ts.forEachChild(node, (child) => visit(child, isMember ? `${path}.` : prefix));
  };
  visit(statement, "");
  return found;
}

/** Some names, and those of the declarations that they lead to. */
function reachableFrom(names: Iterable<string>, declarations: ReadonlyMap<string, Declared>): Set<string> {
  const found = new Set(names);
  // Grows while it is read.
  for (const name of found) {
    for (const word of declarations.get(name)?.text.match(/\w+/g) ?? []) {
      if (declarations.has(word)) found.add(word);
    }
  }
  return found;
}
