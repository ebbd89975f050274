import { fillTemplate } from "./template.ts";

/** An SVG image of some markup that reads well on a light and on a dark page; its lines take their colours, which differ in lightness too, by class. */
export function svg(
  { title, ...size }: { readonly width: number; readonly height: number; readonly title: string },
  markup: readonly string[],
): string {
  const parts = { ...size, title: escaped(title), markup: markup.join("\n") };
  return fillTemplate(`${import.meta.dirname}/frame.svg`, parts);
}

/** Pixels on a logarithmic axis from the position of the least value to that of the greatest; smaller values are put at the start. */
export function logScale(
  [least, most]: readonly [number, number],
  [from, to]: readonly [number, number],
): (value: number) => number {
  return (value) => {
    const share = Math.log(Math.max(value, least) / least) / Math.log(most / least);
    return Math.round((from + share * (to - from)) * 10) / 10;
  };
}

/** Text as markup. */
export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
