/** A part of a page: what follows a heading, up to the next. */
export interface Section {
  /** The heading's, without `#`. */
  readonly anchor: string;
  /** The headings above it and its own. */
  readonly titles: readonly string[];
  readonly text: string;
}

const HEADING = /<h([1-6])[^>]*>([\s\S]*?)<a class="header-anchor" href="#([^"]*)"[\s\S]*?<\/h\1>/g;

/** Headings that each function of the API reference has, or each vendor's page: a result of that name says nothing. */
const REPEATED = new Set([
  "Call Signature",
  "Constructor",
  "Constructors",
  "Default Value",
  "Example",
  "Extends",
  "Install",
  "Methods",
  "Parameters",
  "Properties",
  "Returns",
  "See",
  "Throws",
  "Type Declaration",
  "Type Parameters",
]);

/** A rendered page by its headings; text under a heading that each function repeats belongs to the function. */
export function sectionsOf(html: string): Section[] {
  const sections: Section[] = [];
  const above: string[] = [];
  const headings = [...html.matchAll(HEADING)];
  for (const [
    index,
    { index: start, 0: tag, 1: level, 2: words = "", 3: anchor = "" },
  ] of headings.entries()) {
    const text = plainText(html.slice(start + tag.length, headings[index + 1]?.index));
    const title = plainText(words);
    const previous = sections.at(-1);
    if (previous && REPEATED.has(title)) {
      sections[sections.length - 1] = { ...previous, text: `${previous.text} ${text}` };
      continue;
    }
    above.length = Number(level) - 1;
    above.push(title);
    sections.push({ anchor, titles: above.filter(Boolean), text });
  }
  return sections;
}

/** The words of HTML. */
function plainText(html: string): string {
  return html
    .replace(/<(svg|style|script)[\s\S]*?<\/\1>/g, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/&(?:#(\d+)|(\w+));/g, (entity, code?: string, name = "") =>
      code ? String.fromCodePoint(Number(code)) : (ENTITIES[name] ?? entity),
    )
    .replace(/\s+/g, " ")
    .trim();
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " " };
