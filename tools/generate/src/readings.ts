import type { Mapping } from "./mapping.ts";
import type { BodyExpression, Step } from "./runtime-expression.ts";
import { pascalCase } from "./source-text.ts";
import type { TokenOperation } from "./token-operation.ts";

/** How generated code reads the answers of a token endpoint. */
export interface Readings {
  readonly response: Reading;
  readonly errors: readonly {
    readonly statuses: readonly string[];
    readonly alternatives: readonly Reading[];
  }[];
}

/** A mapping, and the objects that hold what it reads. */
export interface Reading {
  readonly mapping: Mapping;
  readonly holders: readonly Holder[];
}

/** An object in which members of a mapping are found. */
export interface Holder {
  /** Name of its type; `is` and this is its guard. */
  readonly name: string;
  readonly statuses: readonly string[];
  /** How to get at it; nothing where it is the body itself. */
  readonly finder: Finder | undefined;
  /** The steps to the member that tells it from its alternatives. */
  readonly steps: readonly Step[];
  /** By extension member. */
  readonly members: ReadonlyMap<string, Member>;
}

/** A member of an object that is read. */
export interface Member {
  /** Its name on the wire. */
  readonly wire: string;
  /** Whether every alternative with the telling member has it too. */
  readonly always: boolean;
}

/** A function that gets at an object in a body. */
export interface Finder {
  readonly name: string;
  /** The local variable for what it finds. */
  readonly variable: string;
  readonly steps: readonly Step[];
  /** Whether what it finds may be JSON text. */
  readonly json: boolean;
}

/** Works out which objects are read, and names them. */
export function readingsOf({ response, errors }: TokenOperation): Readings {
  const names = new Set<string>();
  const finders = new Map<string, Finder>();
  const reading = (statuses: readonly string[], mapping: Mapping): Reading => ({
    mapping,
    holders: groupByHolder(mapping).map(([telling, members]) => {
      const { steps } = telling;
      const path = steps.slice(0, -1).map(({ member }) => member);
      const name = unused(`Answer${pascalCase([statuses[0], ...path].join(" "))}`, names);
      return { name, statuses, finder: finderOf(steps, finders), steps, members };
    }),
  });
  return {
    response: reading([response.status], response.mapping),
    errors: errors.map(({ statuses, mappings }) => ({
      statuses,
      alternatives: mappings.map((mapping) => reading(statuses, mapping)),
    })),
  };
}

/** Every object that is read. */
export function holdersOf({ response, errors }: Readings): Holder[] {
  const readings = [response, ...errors.flatMap(({ alternatives }) => alternatives)];
  return readings.flatMap(({ holders }) => holders);
}

/** For each object that a mapping looks into: the expression that tells it from its alternatives, and all its members. */
function groupByHolder(mapping: Mapping): [telling: BodyExpression, members: Holder["members"]][] {
  const groups = new Map<string, [name: string, expression: BodyExpression][]>();
  for (const [name, expression] of Object.entries(mapping)) {
    if (expression.kind === "constant") continue;
    const path = JSON.stringify(expression.steps.slice(0, -1).map(({ member }) => member));
    groups.set(path, [...(groups.get(path) ?? []), [name, expression]]);
  }
  return [...groups.values()].flatMap((group) => {
    const [, telling] = group.find(([name]) => name === "access_token") ?? group[0] ?? [];
    if (!telling) return [];
    const members = group.map(([name, { steps, holders }]): [string, Member] => [
      name,
      {
        wire: steps.at(-1)?.member ?? "",
        always: telling.holders.every((pointer) => holders.includes(pointer)),
      },
    ]);
    return [[telling, new Map(members)]];
  });
}

/** The finder for an object, the same for the same way to it. */
function finderOf(steps: readonly Step[], finders: Map<string, Finder>): Finder | undefined {
  const way = steps.slice(0, -1);
  const json = steps.at(-1)?.json ?? false;
  if (way.length === 0 && !json) return undefined;
  const key = JSON.stringify([way.map((step) => [step.member, step.json]), json]);
  const known = finders.get(key);
  if (known) return known;
  const taken = new Set([...finders.values()].map(({ name }) => name));
  const label = pascalCase(way.map(({ member }) => member).join(" ")) || "Text";
  const name = unused(`find${label}`, taken);
  const finder = { name, variable: name.replace("find", "in"), steps: way, json };
  finders.set(key, finder);
  return finder;
}

/** A name, with a number where it is taken. */
function unused(name: string, taken: Set<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name}${count}`;
  taken.add(free);
  return free;
}
