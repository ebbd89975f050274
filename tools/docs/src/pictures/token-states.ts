import { box, type Drawing, isNarrow, LINE_HEIGHT, label, type Picture, paragraph } from "./svg.ts";

const STATES = [
  { kind: "fresh", name: "fresh", meaning: "Callers get the token at once." },
  {
    kind: "stale",
    name: "stale",
    meaning: "Callers get the token at once. One renewal runs in the background.",
  },
  { kind: "expired", name: "expired", meaning: "Callers wait for one shared renewal." },
] as const;

/** Fresh, stale and expired, drawn to scale for a token that lives for ten minutes. */
export const tokenStates: Picture = {
  name: "token-states",
  description:
    "The life of a token that lives for 10 minutes. It is fresh until a random moment between minute 7 and minute 8, stale until minute 9, which is 60 seconds before its expiry, and expired from then on.",
  draw: (width) => {
    const bar = drawBar(width);
    const legend = isNarrow(width) ? stackedLegend(width, bar.height) : columnLegend(width, bar.height);
    return { height: bar.height + legend.height, shapes: [...bar.shapes, ...legend.shapes] };
  },
};

function drawBar(width: number): Drawing {
  const [top, thick] = [26, 40];
  const at = (minute: number) => Math.round((width * minute) / 10);
  const ticks = [0, 7, 8, 9, 10].map((minute) => {
    const anchor = minute === 0 ? "start" : minute === 10 ? "end" : "middle";
    return label(minute === 0 ? "0 min" : String(minute), at(minute), top + thick + 20, anchor, "note");
  });
  return {
    height: top + thick + 46,
    shapes: [
      box("fresh", 0, top, at(7), thick, 0),
      box("drawn-at-random", at(7), top, at(8) - at(7), thick, 0),
      box("stale", at(8), top, at(9) - at(8), thick, 0),
      box("expired", at(9), top, at(10) - at(9), thick, 0),
      label("requested", 0, 14, "start", "note"),
      label("vendor’s expiry", width, 14, "end", "note"),
      label("fresh", at(3.5), top + 25, "middle", "on-colour"),
      ...ticks,
    ],
  };
}

function columnLegend(width: number, y: number): Drawing {
  const gap = 24;
  const column = (width - 2 * gap) / 3;
  const parts = STATES.map((state, index) => drawState(state, index * (column + gap), y, column));
  return {
    height: Math.max(...parts.map(({ height }) => height)),
    shapes: parts.flatMap(({ shapes }) => shapes),
  };
}

function stackedLegend(width: number, top: number): Drawing {
  const shapes: string[] = [];
  let y = top;
  for (const state of STATES) {
    const part = drawState(state, 0, y, width);
    shapes.push(...part.shapes);
    y += part.height + 8;
  }
  return { height: y - top, shapes };
}

function drawState(
  { kind, name, meaning }: (typeof STATES)[number],
  x: number,
  y: number,
  width: number,
): Drawing {
  const text = paragraph(meaning, x, y + 14 + LINE_HEIGHT, width);
  return {
    height: text.height + LINE_HEIGHT + 6,
    shapes: [box(kind, x, y + 2, 14, 14, 3), label(name, x + 22, y + 14, "start", "strong"), ...text.shapes],
  };
}
