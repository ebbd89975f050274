/** A specification that cannot be honoured: where, what was expected and what was found. */
export class SpecProblem extends Error {
  override readonly name = "SpecProblem";
  /** JSON pointer of the place. */
  readonly pointer: string;
  readonly expected: string;
  readonly found: string;

  constructor(file: string, pointer: string, expected: string, found: string) {
    super(`${file}#${pointer}\n  expected: ${expected}\n  found:    ${found}`);
    this.pointer = pointer;
    this.expected = expected;
    this.found = found;
  }
}

/** A value as it may be shown in a message. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
