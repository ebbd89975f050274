import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";

const repository = resolve(import.meta.dirname, "../../..");
const read = (file: string) => readFileSync(file, "utf8");

/** Those below `testing` and `frameworks` are tests themselves; everywhere else a test is what checks a recipe. */
const recipes = globSync("**/*.{ts,js}", {
  cwd: import.meta.dirname,
}).filter(
  (file) =>
    /^(testing|frameworks)\//.test(file) || !file.endsWith(".test.ts"),
);
const pages = globSync(join(repository, "tools/docs/guides/*.md"))
  .map(read)
  .join("\n");

it.each(recipes)("%s is on the site", (file) => {
  expect(pages).toContain(`<<< ../../recipes/src/${file}\n`);
});

it.each(["node-redis", "ioredis"])(
  "%s is in the README of @org/auth-redis, word for word",
  (name) => {
    const recipe = read(join(import.meta.dirname, "redis", `${name}.ts`));
    const readme = read(
      join(repository, "packages/auth-redis/README.md"),
    );
    expect(readme).toContain(`\`\`\`ts\n${recipe}\`\`\`\n`);
  },
);
