import ts from "typescript";
import type { Reason } from "./reason.ts";
import { type TypeCheck, typeCheck } from "./type-check.ts";

interface Declared {
  readonly text: string;
  readonly statement: ts.Statement;
  readonly exported: boolean;
  readonly isValue: boolean;
  /** How the compiler is told of it. */
  readonly type: (side: "Old" | "New") => string;
}

interface Listed {
  /** Entry, such as `@org/auth-core/testing` -> its names. */
  readonly entries: ReadonlyMap<string, readonly string[]>;
  readonly declarations: ReadonlyMap<string, Declared>;
}

/**
 * What changed between two listed surfaces.
 *
 * A function or class is judged by whether the new one can be used as the old one, and a type by the functions that take or give
 * it. `imports` holds the surfaces of packages that this one imports.
 */
export function surfaceGate(
  base: string,
  revision: string,
  imports: Readonly<Record<string, string>> = {},
): Reason[] {
  if (base === revision) return [];
  const [old, now] = [parse(base), parse(revision)];
  const both = [...old.declarations].flatMap(([name, before]) => {
    const after = now.declarations.get(name);
    return after ? [{ name, before, after }] : [];
  });
  const asked = both.filter(({ before, after }) => before.exported && after.exported);
  const fits = asked.flatMap(({ before, after }) => {
    const [a, b] = [before.type("Old"), after.type("New")];
    return [
      [a, b],
      [b, a],
    ] as const;
  });
  const check = typeCheck({ modules: { Old: base, New: revision }, imports, fits });
  const reachable = reachableFromValues(old);
  const reasons = [
    ...changedNames(old, now),
    ...both.flatMap((pair) => changedMembers(pair)),
    ...asked.flatMap((pair) => changedUse(pair, check, reachable)),
  ];
  if (reasons.length > 0) return reasons;
  return [reason("patch", "The exported types are written differently and mean the same.")];
}

function reason(bump: Reason["bump"], text: string): Reason {
  return { gate: "surface", bump, where: "surface", text };
}

function changedNames(old: Listed, now: Listed): Reason[] {
  const lost = [...old.entries].flatMap(([entry, names]) =>
    names
      .filter((name) => !now.entries.get(entry)?.includes(name))
      .map((name) => reason("major", `\`${name}\` is no longer exported from \`${entry}\`.`)),
  );
  const gained = [...now.entries].flatMap(([entry, names]) =>
    names
      .filter((name) => !old.entries.get(entry)?.includes(name))
      .map((name) => reason("minor", `\`${name}\` is new in \`${entry}\`.`)),
  );
  return [...lost, ...gained];
}

interface Pair {
  readonly name: string;
  readonly before: Declared;
  readonly after: Declared;
}

function changedMembers({ name, before, after }: Pair): Reason[] {
  if (before.text === after.text) return [];
  const [had, has] = [membersOf(before.statement), membersOf(after.statement)];
  return [
    ...[...had]
      .filter((member) => !has.has(member))
      .map((member) => reason("major", `\`${name}.${member}\` is gone.`)),
    ...[...has]
      .filter((member) => !had.has(member))
      .map((member) => reason("minor", `\`${name}.${member}\` is new.`)),
  ];
}

function changedUse(
  { name, before, after }: Pair,
  check: TypeCheck,
  reachable: ReadonlySet<string>,
): Reason[] {
  const [old, now] = [before.type("Old"), after.type("New")];
  const [lost, gained] = [check.misfit(now, old), check.misfit(old, now)];
  if (!lost && !gained) return [];
  if (before.isValue) {
    if (lost) return [reason("major", `\`${name}\` can no longer be used as before: ${lost}`)];
    return [reason("minor", `\`${name}\` takes or gives more than before.`)];
  }
  if (lost && gained) return [reason("major", `\`${name}\` is another type than before: ${lost}`)];
  // What takes or gives it has been judged, and knows the direction.
  if (reachable.has(name))
    return [reason("minor", `\`${name}\` is ${lost ? "wider" : "narrower"} than before.`)];
  return [reason("major", `\`${name}\` is ${lost ? "wider" : "narrower"} than before: ${lost ?? gained}`)];
}

function parse(text: string): Listed {
  const entries = new Map(
    [...text.matchAll(/^\/\/ (@?[\w./-]+): (.*)$/gm)].map(([, entry = "", names = ""]) => [
      entry,
      names.split(", ").filter(Boolean),
    ]),
  );
  const source = ts.createSourceFile("surface.ts", text, ts.ScriptTarget.ES2022, true);
  const declarations = new Map<string, Declared>();
  for (const statement of source.statements) {
    const { name, typeParameters } = statement as {
      name?: ts.Identifier;
      typeParameters?: readonly unknown[];
    };
    const variable = ts.isVariableStatement(statement)
      ? statement.declarationList.declarations[0]?.name.getText()
      : undefined;
    const called = variable ?? name?.text;
    if (called === undefined) continue;
    const isValue = !ts.isInterfaceDeclaration(statement) && !ts.isTypeAliasDeclaration(statement);
    const generic = isValue || !typeParameters ? "" : `<${typeParameters.map(() => "any").join(", ")}>`;
    declarations.set(called, {
      text: (declarations.get(called)?.text ?? "") + statement.getText(),
      statement,
      isValue,
      exported: statement.getText().startsWith("export "),
      type: (side) => (isValue ? `typeof ${side}.${called}` : `${side}.${called}${generic}`),
    });
  }
  return { entries, declarations };
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

function reachableFromValues({ declarations }: Listed): Set<string> {
  const found = new Set<string>();
  const queue = [...declarations]
    .filter(([, { isValue, exported }]) => isValue && exported)
    .map(([name]) => name);
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    const words = declarations.get(name)?.text.match(/\w+/g) ?? [];
    queue.push(...words.filter((word) => declarations.has(word)));
  }
  return found;
}
