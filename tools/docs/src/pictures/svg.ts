import { escapeHtml } from "../html.ts";

/** A picture, drawn to a width: wide pages get one, narrow pages another, and text stays legible on both. */
export interface Picture {
  /** File name without its ending. */
  readonly name: string;
  /** What it shows, for those who do not see it. */
  readonly description: string;
  draw(width: number): Drawing;
}

/** What stands in a picture, and how high it is. */
export interface Drawing {
  readonly height: number;
  readonly shapes: readonly string[];
}

const WIDE = 688;
const NARROW = 342;
/** Room that a letter takes, as a part of the font size. Generous, since the reader's typeface is not known. */
const LETTER = 0.6;

/** A picture in both widths, as one line of HTML: a blank line would end it in Markdown. Its colours are the theme's. */
export function figure({ description, draw }: Picture): string {
  const drawn = [
    ["wide", WIDE],
    ["narrow", NARROW],
  ] as const;
  const svgs = drawn.map(([name, width]) => {
    const { height, shapes } = draw(width);
    const size = `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`;
    return `<svg class="picture-${name}" xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-label="${escapeHtml(description)}">${shapes.join("")}</svg>`;
  });
  return `<figure class="picture" v-pre>${svgs.join("")}</figure>\n`;
}

/** Whether there is only the width of a phone. */
export function isNarrow(width: number): boolean {
  return width < WIDE;
}

/** A rectangle; `kind` is what it stands for. */
export function box(kind: string, x: number, y: number, width: number, height: number, radius = 6): string {
  return `<rect class="${kind}" x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}"/>`;
}

/** A line of text whose baseline is at `y`. */
export function label(
  text: string,
  x: number,
  y: number,
  anchor: "start" | "middle" | "end" = "start",
  kind = "text",
): string {
  return `<text class="${kind}" x="${x}" y="${y}" text-anchor="${anchor}">${escapeHtml(text)}</text>`;
}

/** A text broken into lines that fit into `width`, from baseline `y` downwards. */
export function paragraph(text: string, x: number, y: number, width: number, kind = "text"): Drawing {
  const most = Math.floor(width / (FONT_SIZE * LETTER));
  const lines = text.split(" ").reduce<string[]>((done, word) => {
    const last = done.at(-1);
    if (last === undefined || last.length + 1 + word.length > most) done.push(word);
    else done[done.length - 1] = `${last} ${word}`;
    return done;
  }, []);
  return {
    height: lines.length * LINE_HEIGHT,
    shapes: lines.map((line, index) => label(line, x, y + index * LINE_HEIGHT, "start", kind)),
  };
}

/** A straight arrow. */
export function arrow(x1: number, y1: number, x2: number, y2: number, kind = "line"): string {
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const point = (turn: number) =>
    `${round(x2 - 8 * Math.cos(angle + turn))},${round(y2 - 8 * Math.sin(angle + turn))}`;
  return `<line class="${kind}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"/><polygon class="head" points="${x2},${y2} ${point(0.45)} ${point(-0.45)}"/>`;
}

/** How wide a text is at most. */
export function widthOf(text: string): number {
  return text.length * FONT_SIZE * LETTER;
}

/** In pixels; the theme's style sheet says the same. */
export const FONT_SIZE = 13;
export const LINE_HEIGHT = 19;

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
