/**
 * Refuses names that nobody reads, which are usually misspelt.
 *
 * @throws {TypeError} listing the valid ones.
 */
export function refuseUnknown(kind: string, names: readonly string[], valid: readonly string[]): void {
  for (const name of names) {
    if (!valid.includes(name)) {
      throw new TypeError(`unknown ${kind} ${JSON.stringify(name)}: expected one of ${valid.join(", ")}`);
    }
  }
}
