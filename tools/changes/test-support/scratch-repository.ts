import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { generate } from "@org/generate/generate";
import { readSpec } from "@org/generate/spec";
import { parse, stringify } from "yaml";
import { acme, type Changes } from "./spec-cases.ts";

const FILES = readFileSync(join(import.meta.dirname, "scratch-repository.yaml"), "utf8");

/** A repository with a vendor, its client and a hand-written core, for tests. */
export class ScratchRepository {
  readonly root: string = mkdtempSync(join(tmpdir(), "changes-test-"));

  /** Makes one, committed on `main`, and switches to a branch. */
  static async create(): Promise<ScratchRepository> {
    const made = new ScratchRepository();
    for (const [path, text] of Object.entries<string>(parse(FILES))) made.write(path, text);
    await made.respecify();
    made.git("init", "--quiet", "--initial-branch", "main");
    made.git("config", "user.name", "test");
    made.git("config", "user.email", "test@example.com");
    made.git("config", "commit.gpgsign", "false");
    made.git("add", ".");
    made.git("commit", "--quiet", "--message", "first");
    made.git("checkout", "--quiet", "-b", "work");
    return made;
  }

  /** Changes the specification as it was first and generates the client again. */
  async respecify(changes?: Changes): Promise<void> {
    const spec = acme(changes);
    this.write(spec.file, stringify(spec.document, { aliasDuplicateObjects: false }));
    for (const { name, text } of await generate(readSpec(spec))) {
      this.write(`packages/acme-client/src/generated/${name}`, text);
    }
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), "utf8");
  }

  git(...words: string[]): void {
    execFileSync("git", words, { cwd: this.root, stdio: "ignore" });
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }
}
