import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { listVendors, pascalCase, REPOSITORY } from "@org/vendors";
import * as esbuild from "esbuild";
import * as vite from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const VENDORS = listVendors().map(({ slug }) => slug);

/** What other bundlers and runtimes resolve with, beyond `import` and `default`. */
const SERVED: [name: string, conditions: string[]][] = [
  ["Node.js", ["node"]],
  ["Bun", ["bun", "node"]],
  ["Deno", ["deno", "node"]],
  ["workerd", ["workerd", "worker", "browser"]],
  ["a web worker bundle that says worker", ["worker", "browser"]],
  ["edge functions", ["edge-light", "browser"]],
  ["Bun, bundling for the web from the server", ["bun", "browser"]],
  ["Deno with browser conditions", ["deno", "browser"]],
  ["Electron's main process", ["node", "browser"]],
  ["nothing in particular", []],
];

/** Where the packages are installed. */
let folder: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "browser-guard-")));
  const scope = join(folder, "node_modules/@org");
  mkdirSync(scope, { recursive: true });
  for (const name of ["auth-core", ...VENDORS.map((vendor) => `${vendor}-client`)]) {
    symlinkSync(join(REPOSITORY, "packages", name), join(scope, name));
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

function program(vendor: string): string {
  const create = `create${pascalCase(vendor)}TokenCache`;
  return `import { ${create} } from "@org/${vendor}-client"; console.log("made by " + typeof ${create});`;
}

/** What a bundle prints when Node.js evaluates it, or the message of what it throws. */
function outcome(code: string, name: string): string {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, code);
  const run = `import(${JSON.stringify(pathToFileURL(file).href)}).catch(({ message }) => console.log("threw: " + message))`;
  return execFileSync(process.execPath, ["-e", run], { encoding: "utf8" }).trim();
}

async function bundled(source: string, options: esbuild.BuildOptions): Promise<string> {
  const { outputFiles } = await esbuild.build({
    stdin: { contents: source, resolveDir: folder },
    bundle: true,
    format: "esm",
    write: false,
    logLevel: "silent",
    ...options,
  });
  return outputFiles?.[0]?.text ?? "";
}

function refusal(vendor: string): RegExp {
  return new RegExp(
    `^threw: @org/${vendor}-client was bundled for a browser, .* read the credentials .* server`,
  );
}

describe("a bundle for browsers", { timeout: 60_000 }, () => {
  test.each(VENDORS)("by esbuild throws when it imports the client: %s", async (vendor) => {
    const code = await bundled(program(vendor), { platform: "browser" });
    expect(outcome(code, `esbuild-${vendor}`)).toMatch(refusal(vendor));
  });

  test("by esbuild, minified, still throws", async () => {
    const code = await bundled(program("stonex"), { platform: "browser", minify: true });
    expect(outcome(code, "esbuild-minified")).toMatch(refusal("stonex"));
  });

  test("by esbuild throws for an import without names, and for require", async () => {
    const bare = await bundled('import "@org/stonex-client";', { platform: "browser" });
    expect(outcome(bare, "bare")).toMatch(refusal("stonex"));
    const required = await bundled('require("@org/stonex-client");', { platform: "browser" });
    expect(outcome(required, "required")).toMatch(refusal("stonex"));
  });

  test("by vite throws when it imports the client", async () => {
    expect(outcome(await viteBundle("stonex", {}), "vite")).toMatch(refusal("stonex"));
  });

  test("may use @org/auth-core", async () => {
    const source = 'import { memoryStore } from "@org/auth-core/store"; console.log(typeof memoryStore());';
    expect(outcome(await bundled(source, { platform: "browser" }), "auth-core")).toBe("object");
  });
});

describe("a build for a server is served normally", { timeout: 60_000 }, () => {
  test.each(SERVED)("by esbuild with the conditions of %s", async (name, conditions) => {
    const code = await bundled(program("stonex"), { platform: "neutral", conditions, mainFields: ["main"] });
    expect(outcome(code, `served-${name.replaceAll(/\W/g, "-")}`)).toBe("made by function");
  });

  test.each(VENDORS)("by esbuild for node: %s", async (vendor) => {
    const code = await bundled(program(vendor), { platform: "node" });
    expect(outcome(code, `node-${vendor}`)).toBe("made by function");
  });

  test("by vite for a server", async () => {
    const code = await viteBundle("stonex", { ssr: true });
    expect(outcome(code, "vite-ssr")).toBe("made by function");
  });

  test("by vite for a worker at the edge", async () => {
    const code = await viteBundle("stonex", { ssr: true, conditions: ["workerd", "worker", "browser"] });
    expect(outcome(code, "vite-edge")).toBe("made by function");
  });

  test.each(VENDORS)("and by Node.js itself, by import and by require: %s", (vendor) => {
    const required = `require("node:module").createRequire(${JSON.stringify(join(folder, "program.js"))})("@org/${vendor}-client")`;
    const names = `Promise.all([import("@org/${vendor}-client"), ${required}])`;
    const source = `${names}.then((both) => console.log(both.map((exported) => Object.keys(exported).length).join()))`;
    const options = { cwd: folder, encoding: "utf8" } as const;
    expect(execFileSync(process.execPath, ["-e", source], options).trim()).toBe("3,3");
  });

  test("and by Node.js asked for the browser condition too, since it is Node.js", () => {
    const words = ["-C", "browser", "--input-type=module", "-e", program("stonex")];
    const options = { cwd: folder, encoding: "utf8" } as const;
    expect(execFileSync(process.execPath, words, options).trim()).toBe("made by function");
  });
});

async function viteBundle(
  vendor: string,
  { ssr = false, conditions }: { ssr?: boolean; conditions?: string[] },
): Promise<string> {
  const outDir = mkdtempSync(join(folder, "vite-"));
  const entry = "virtual:program";
  await vite.build({
    root: folder,
    configFile: false,
    logLevel: "silent",
    ...(conditions ? { ssr: { noExternal: true, resolve: { conditions } } } : { ssr: { noExternal: true } }),
    plugins: [
      {
        name: "program",
        resolveId: (id) => (id === entry ? join(folder, "program.js") : undefined),
        load: (id) => (id === join(folder, "program.js") ? program(vendor) : undefined),
      },
    ],
    build: { outDir, ssr, write: true, emptyOutDir: true, rollupOptions: { input: entry } },
  });
  const [file = ""] = readdirSync(outDir, { recursive: true })
    .map(String)
    .filter((name) => /\.m?js$/.test(name));
  return readFileSync(join(outDir, file), "utf8");
}
