import pLimit from "p-limit";
import { redoclyDiff, type WireChange } from "../src/redocly-diff.ts";
import { acme, type Changes } from "./spec-cases.ts";

type Document = Readonly<Record<string, unknown>>;

/**
 * The differences between acme.yaml and what it is after each of some changes. Starting `redocly diff` takes longer than what
 * it does, so documents that differ in paths and schemas only are put side by side, under their own names, and compared in
 * one run.
 */
export function diffAll(changes: readonly Changes[]): Promise<(readonly WireChange[])[]> {
  const local = changes.filter(isLocal);
  const limit = pLimit(2);
  const merged = limit(() =>
    redoclyDiff(merge(local.map(() => documentOf())), merge(local.map((one) => documentOf(one)))),
  );
  const diffs = changes.map(async (one) => {
    if (!isLocal(one)) return limit(() => redoclyDiff(documentOf(), documentOf(one)));
    return (await merged).flatMap((change) => changeOf(change, nameOf(local.indexOf(one))));
  });
  return Promise.all(diffs);
}

/** Whether changes are to paths and component schemas only. */
function isLocal(changes: Changes): boolean {
  return Object.keys(changes).every((pointer) => /^\/(paths\/[^/]+|components\/schemas)\//.test(pointer));
}

function documentOf(changes?: Changes): Document {
  return acme(changes).document as Document;
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
  const text = JSON.stringify(change).replaceAll(`/${name}/`, "/").replaceAll(`~1${name}`, "");
  return [JSON.parse(text.replaceAll(name, ""))];
}

function nameOf(index: number): string {
  return `Case${String(index).padStart(3, "0")}`;
}
