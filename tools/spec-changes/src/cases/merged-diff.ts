import { redoclyDiff, type WireChange } from "../redocly-diff.ts";

/** A specification before and after a change. */
export interface Pair {
  readonly base: Record<string, unknown>;
  readonly revision: Record<string, unknown>;
  /** Whether the change is to paths and component schemas only. */
  readonly isLocal: boolean;
}

/**
 * The differences of many pairs. Starting `redocly diff` takes longer than what it does, so pairs that differ in paths and
 * schemas only are put side by side, under names of their own, and compared in one run.
 */
export async function diffAll(pairs: readonly Pair[]): Promise<(readonly WireChange[])[]> {
  const merged = redoclyDiff(
    merge(pairs.map(({ base, isLocal }) => (isLocal ? base : undefined))),
    merge(pairs.map(({ revision, isLocal }) => (isLocal ? revision : undefined))),
  );
  const apart = new Map<number, readonly WireChange[]>();
  const queue = pairs.flatMap(({ isLocal }, index) => (isLocal ? [] : [index]));
  const work = async () => {
    for (let index = queue.pop(); index !== undefined; index = queue.pop()) {
      const { base, revision } = pairs[index] as Pair;
      apart.set(index, await redoclyDiff(base, revision));
    }
  };
  await Promise.all([merged, work(), work()]);
  const local = await merged;
  return pairs.map((_, index) => apart.get(index) ?? local.flatMap((change) => changeOf(change, index)));
}

function merge(documents: readonly (Record<string, unknown> | undefined)[]): object {
  const all = documents.flatMap((document, index) => {
    if (!document) return [];
    const { paths, components } = JSON.parse(
      JSON.stringify(document).replaceAll("#/components/schemas/", `#/components/schemas/${nameOf(index)}`),
    );
    return [{ index, paths, schemas: components.schemas, rest: { ...document, components } }];
  });
  const [first] = all;
  const entries = <T>(
    pick: (one: (typeof all)[number]) => Record<string, T>,
    rename: (index: number, key: string) => string,
  ) =>
    Object.fromEntries(
      all.flatMap((one) => Object.entries(pick(one)).map(([key, value]) => [rename(one.index, key), value])),
    );
  return {
    ...first?.rest,
    paths: entries(
      ({ paths }) => paths,
      (index, key) => `/${nameOf(index)}${key}`,
    ),
    components: {
      ...first?.rest.components,
      schemas: entries(
        ({ schemas }) => schemas,
        (index, key) => nameOf(index) + key,
      ),
    },
  };
}

function changeOf(change: WireChange, index: number): WireChange[] {
  const name = nameOf(index);
  if (!change.path.startsWith(`#/paths/~1${name}`) && !change.path.startsWith(`#/components/schemas/${name}`))
    return [];
  return [
    JSON.parse(
      JSON.stringify(change).replaceAll(`/${name}/`, "/").replaceAll(`~1${name}`, "").replaceAll(name, ""),
    ),
  ];
}

function nameOf(index: number): string {
  return `Case${String(index).padStart(3, "0")}`;
}
