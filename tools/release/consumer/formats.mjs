/**
 * Loads every package by `import` and by `require` in one process, and asks each copy of a class about what all the others
 * made: in other formats, behind other entries, in a second installed copy.
 */
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { imported, creates } = require("./packages.json");
const loaded = [];
for (const name of imported) loaded.push(await import(name), require(name));

const classes = (name) => [...new Set(loaded.flatMap((exported) => exported[name] ?? []))];
const errors = classes("TokenRequestError").map(
  (E) => new E({ vendor: "a", code: "timeout", detail: "late" }),
);
const tokens = classes("AccessToken").map((T) => new T({ accessToken: "a", expiresAt: 1 }));

const { credentials } = JSON.parse(process.env.SANDBOX_FACTS);
const options = { baseUrl: "https://example.com", fetch: async () => new Response("no", { status: 400 }) };
for (const [vendor, create] of Object.entries(creates)) {
  for (const exported of loaded.filter((exported) => create in exported)) {
    const cache = exported[create](credentials[vendor], options);
    errors.push(await cache.getToken().catch((error) => error));
  }
}

for (const [name, made] of Object.entries({ TokenRequestError: errors, AccessToken: tokens })) {
  if (classes(name).length < 2) throw new Error(`${name}: expected a class in each format, found one`);
  for (const one of classes(name)) {
    const strangers = made.filter((value) => !(value instanceof one));
    if (strangers.length > 0)
      throw new Error(
        `${name}: expected to know all of ${made.length}, found strangers: ${strangers.join()}`,
      );
    if (new Error("other") instanceof one) throw new Error(`${name}: expected not to know any other error`);
  }
}
console.log(`${classes("TokenRequestError").length} classes know ${errors.length} errors`);
