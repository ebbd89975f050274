import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A path in a fresh folder that goes when the test ends; nothing is at it yet. */
export function temporaryPath(): string {
  const parent = mkdtempSync(join(tmpdir(), "auth-file-"));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  return join(parent, "tokens");
}
