/** An SVG image of some markup that reads well on a light and on a dark page; its lines take their colours by class. */
export function svg(
  { width, height, title }: { readonly width: number; readonly height: number; readonly title: string },
  markup: readonly string[],
): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">
<style>${STYLE}</style>
<rect class="paper" width="${width}" height="${height}" rx="8"/>
${markup.join("\n")}
</svg>
`;
}

/** The colours differ in lightness too. */
const STYLE = `
  svg { color-scheme: light dark; --paper: #ffffff; --ink: #1f2328; --faint: #59636e; --grid: #d8dee4; --a: #b3261e; --b: #8a5a00; --c: #0b57d0; }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #0d1117; --ink: #e6edf3; --faint: #9198a1; --grid: #30363d; --a: #ff8a80; --b: #e3b341; --c: #79b8ff; }
  }
  text { font: 14px system-ui, sans-serif; fill: var(--ink); }
  .title { font-size: 18px; font-weight: 600; }
  .strong { font-weight: 700; } rect.strong { fill: var(--c); } rect.weak { fill: var(--faint); }
  .faint { fill: var(--faint); }
  .grid { stroke: var(--grid); }
  .paper { fill: var(--paper); }
  .line { fill: none; stroke-width: 2.5; stroke-linejoin: round; }
  .ring { fill: var(--paper); stroke-width: 2; }
  .a { stroke: var(--a); } .b { stroke: var(--b); } .c { stroke: var(--c); }
  text.a { fill: var(--a); stroke: none; } text.b { fill: var(--b); stroke: none; } text.c { fill: var(--c); stroke: none; }
`;

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
