import { describe, expect, it } from "vitest";
import { type Column, layOutTable } from "./table.ts";

const columns: Column<{ name: string; cost: number; note: string }>[] = [
  { title: ["name"], cell: ({ name }) => name },
  { title: ["cost", "each"], align: "right", cell: ({ cost }) => `${cost} µs` },
  { title: ["note"], cell: ({ note }) => note },
];

describe("layOutTable", () => {
  it("makes each column as wide as its widest cell and pads titles that have fewer lines", () => {
    const rows = [
      { name: "a", cost: 5, note: "x" },
      { name: "bcdefg", cost: 1234, note: "" },
    ];
    expect(layOutTable(columns, rows)).toEqual([
      "name       cost  note",
      "           each",
      "------  -------  ----",
      "a          5 µs  x",
      "bcdefg  1234 µs",
    ]);
  });

  it("shows the titles when there is no row", () => {
    expect(layOutTable(columns, [])).toEqual(["name  cost  note", "      each", "----  ----  ----"]);
  });

  it("counts a character outside the basic plane as one", () => {
    const lines = layOutTable([{ title: ["t"], cell: (text: string) => text }, columnOfX], ["𝟘…", "ab"]);
    expect(lines.slice(2)).toEqual(["𝟘…  x", "ab  x"]);
  });
});

const columnOfX: Column<string> = { title: ["u"], cell: () => "x" };
