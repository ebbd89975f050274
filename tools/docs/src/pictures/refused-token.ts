import { arrow, box, label, type Picture, widthOf } from "./svg.ts";

const LIFELINES = ["your code", "authorizedFetch", "vendor’s API", "token endpoint"];

/** Who says what to whom, by the index of the lifeline; a message to oneself happens there. */
const MESSAGES: readonly (readonly [from: number, to: number, text: string])[] = [
  [0, 1, "fetch(url)"],
  [1, 2, "request with token A"],
  [2, 1, "401"],
  [1, 1, "forget A, if it is still the cached one"],
  [1, 3, "one token request for all callers"],
  [3, 1, "token B"],
  [1, 2, "the same request with token B"],
  [2, 0, "answer, whatever it is"],
];

/** What happens when the vendor's API refuses a token. */
export const refusedToken: Picture = {
  name: "refused-token",
  description: `What happens after a 401, from top to bottom. ${MESSAGES.map(
    ([from, to, text]) => `${LIFELINES[from]}${from === to ? "" : ` to ${LIFELINES[to]}`}: ${text}.`,
  ).join(" ")}`,
  draw: (width) => {
    const [head, row] = [44, 46];
    const height = head + MESSAGES.length * row + 12;
    // On a phone the outer names are wider than half a column.
    const column = width / LIFELINES.length;
    const x = (index: number) => Math.round(column * (index + 0.5));
    const names = LIFELINES.map((name, index) => {
      const words = width < 500 ? name.split(/ |(?=F)/) : [name];
      return words
        .map((word, line) =>
          label(
            word,
            x(index),
            14 + line * 16 + (words.length === 1 && width < 500 ? 8 : 0),
            "middle",
            "strong",
          ),
        )
        .join("");
    });
    const lines = LIFELINES.map(
      (_, index) => `<line class="lifeline" x1="${x(index)}" y1="${head}" x2="${x(index)}" y2="${height}"/>`,
    );
    const messages = MESSAGES.flatMap(([from, to, text], index) => {
      const y = head + index * row + 32;
      const room = widthOf(text) + 12;
      const middle = Math.min(Math.max((x(from) + x(to)) / 2, room / 2), width - room / 2);
      const own = from === to;
      const words = [
        box("paper", middle - room / 2, y - (own ? 18 : 22), room, 18, 0),
        label(text, middle, y - (own ? 4 : 8), "middle"),
      ];
      return own ? words : [...words, arrow(x(from), y, x(to), y)];
    });
    return { height, shapes: [...names, ...lines, ...messages] };
  },
};
