import { UsageProblem } from "./command-line.ts";

/**
 * A document with other content between `<!-- name -->` and `<!-- /name -->`; `undefined` if it has no such markers.
 *
 * @throws {UsageProblem} for a marker without the other one; `path` is for the message.
 */
export function betweenMarkers(
  document: string,
  path: string,
  name: string,
  content: () => string,
): string | undefined {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [before = "", rest, ...more] = document.split(start);
  if (rest === undefined && !document.includes(end)) return undefined;
  const [, after, ...others] = rest?.split(end) ?? [];
  if (after === undefined || more.length > 0 || others.length > 0) {
    throw new UsageProblem(`${path}: expected one ${start} and one ${end} after it`);
  }
  return `${before}${start}\n${content()}${end}${after}`;
}
