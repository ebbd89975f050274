import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { RepositoryCopy } from "../test-support/repository-copy.ts";
import { checkedAnswers } from "./answers.ts";
import { createVendor } from "./create-vendor.ts";
import { removalOf, remove } from "./remove-vendor.ts";

const copy = new RepositoryCopy();
const repository = copy.folder;
afterAll(() => copy.remove());

describe("a new vendor", { timeout: 240_000 }, () => {
  test("is removed without a trace", async () => {
    const files = ["redocly.yaml", "README.md", ".changeset/vendors-as-data.md"];
    const texts = () => files.map((path) => readFileSync(join(repository, path), "utf8"));
    const before = texts();
    await createVendor(repository, checkedAnswers({ slug: "acme-gone" }));
    const shared = join(repository, ".changeset/vendors-as-data.md");
    writeFileSync(shared, texts()[2]?.replace("---\n", '---\n"@org/acme-gone-client": minor\n') ?? "");
    const removal = removalOf(repository, "acme-gone");
    expect(removal.removed).toEqual([
      "specs/acme-gone",
      "packages/acme-gone-client",
      ".changeset/acme-gone-client-first-version.md",
    ]);
    expect([...removal.changed.keys()]).toEqual([".changeset/vendors-as-data.md", "redocly.yaml"]);
    remove(repository, removal);
    expect(texts()).toEqual(before);
    for (const path of removal.removed) expect(existsSync(join(repository, path))).toBe(false);
    expect(() => removalOf(repository, "acme-gone")).toThrow('received "acme-gone"');
    expect(() => removalOf(repository, "../specs")).toThrow('received "../specs"');
  });

  test("that is not listed any more is named by the generator's check, and can still be removed", async () => {
    const check = () => copy.node("tools/generate/src/main.ts", "--check");
    expect(check()).toBe("");
    const list = join(repository, "redocly.yaml");
    const before = readFileSync(list, "utf8");
    await createVendor(repository, checkedAnswers({ slug: "acme-left" }));
    writeFileSync(list, before);
    copy.node("tools/generate/src/main.ts");
    const orphans = ["specs/acme-left", "packages/acme-left-client", ".changeset/acme-left-client-first"];
    expect(check).toThrow(new RegExp(orphans.map((path) => `^orphan: ${path}`).join("[^]*"), "m"));
    remove(repository, removalOf(repository, "acme-left"));
    expect(check()).toBe("");
  });
});
