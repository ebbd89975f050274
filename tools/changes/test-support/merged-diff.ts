import pLimit from "p-limit";
import { redoclyDiff, type WireChange } from "../src/redocly-diff.ts";

type Document = Readonly<Record<string, unknown>>;

/** A specification before and after a change. */
export interface Pair {
  readonly base: Document;
  readonly revision: Document;
  /** Whether the change is to paths and component schemas only. */
  readonly isLocal: boolean;
}

/**
 * The differences of many pairs. Starting `redocly diff` takes longer than what it does, so pairs that differ in paths and
 * schemas only are put side by side, under their own names, and compared in one run.
 */
export function diffAll(pairs: readonly Pair[]): Promise<(readonly WireChange[])[]> {
  const local = pairs.filter(({ isLocal }) => isLocal);
  const limit = pLimit(2);
  const merged = limit(() =>
    redoclyDiff(merge(local.map(({ base }) => base)), merge(local.map(({ revision }) => revision))),
  );
  const diffs = pairs.map(async (pair) => {
    if (!pair.isLocal) return limit(() => redoclyDiff(pair.base, pair.revision));
    return (await merged).flatMap((change) => changeOf(change, nameOf(local.indexOf(pair))));
  });
  return Promise.all(diffs);
}

function merge(documents: readonly Document[]): Document {
  const renamed = documents.map((document, index) => {
    const [name, prefix] = [nameOf(index), "#/components/schemas/"];
    const { paths, components } = JSON.parse(JSON.stringify(document).replaceAll(prefix, prefix + name));
    return { paths: prefixed(paths, `/${name}`), schemas: prefixed(components.schemas, name) };
  });
  const paths = Object.assign({}, ...renamed.map((one) => one.paths));
  const schemas = Object.assign({}, ...renamed.map((one) => one.schemas));
  return { ...documents[0], paths, components: { ...(documents[0]?.components as object), schemas } };
}

function prefixed(members: object, prefix: string): object {
  return Object.fromEntries(Object.entries(members).map(([key, value]) => [prefix + key, value]));
}

/** A change as it would be without the other documents, if it is in the document of this name. */
function changeOf(change: WireChange, name: string): WireChange[] {
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
