import { arrow, box, type Drawing, isNarrow, LINE_HEIGHT, label, type Picture, paragraph } from "./svg.ts";

/** Where `getToken` looks, in order. */
const PLACES = [
  { name: "memory", question: "Is a token held that is not expired? Hand it out." },
  { name: "flight", question: "Is a request under way? Wait for it with the others." },
  { name: "store", question: "Has another process stored a valid token? Take it." },
  { name: "vendor", question: "Ask the token endpoint. Store and keep the answer." },
] as const;

/** Where a token comes from. */
export const tokenLookup: Picture = {
  name: "token-lookup",
  description: `Where getToken looks, in this order. ${PLACES.map(({ name, question }) => `${name}: ${question}`).join(" ")}`,
  draw: (width) => (isNarrow(width) ? drawDown(width) : drawAcross(width)),
};

function drawAcross(width: number): Drawing {
  const gap = 40;
  const column = Math.floor((width - gap * (PLACES.length - 1)) / PLACES.length);
  const cards = PLACES.map((place, index) => drawPlace(place, index * (column + gap), 0, column, 148));
  const arrows = PLACES.slice(1).flatMap((_, index) => {
    const x = (index + 1) * (column + gap) - gap;
    return [arrow(x + 4, 74, x + gap - 4, 74), label("no", x + gap / 2, 64, "middle", "note")];
  });
  return { height: 150, shapes: [...cards.flatMap(({ shapes }) => shapes), ...arrows] };
}

function drawDown(width: number): Drawing {
  const gap = 36;
  const shapes: string[] = [];
  let y = 0;
  for (const [index, place] of PLACES.entries()) {
    const card = drawPlace(place, 0, y, width, 82);
    shapes.push(...card.shapes);
    y += card.height;
    if (index === PLACES.length - 1) break;
    shapes.push(
      arrow(width / 2, y + 4, width / 2, y + gap - 4),
      label("no", width / 2 + 10, y + gap / 2 + 4, "start", "note"),
    );
    y += gap;
  }
  return { height: y + 2, shapes };
}

function drawPlace(
  { name, question }: (typeof PLACES)[number],
  x: number,
  y: number,
  width: number,
  height: number,
): Drawing {
  const text = paragraph(question, x + 14, y + 26 + LINE_HEIGHT, width - 28);
  return {
    height,
    shapes: [
      box("card", x + 1, y + 1, width - 2, height - 2),
      box("place", x + 1, y + 1, 5, height - 2, 2),
      label(name, x + 14, y + 24, "start", "strong"),
      ...text.shapes,
    ],
  };
}
