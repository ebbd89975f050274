import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Consumer } from "./consumer-programs.ts";
import type { Node } from "./nodes.ts";
import { freePort } from "./registry.ts";
import { run } from "./run.ts";
import { toolScript } from "./toolbox.ts";
import type { Published } from "./workspace.ts";

/** A framework, and how it is installed, compiled and started. */
export interface Framework {
  readonly name: string;
  readonly dependencies: Readonly<Record<string, string>>;
  /** Of the nearest `package.json`; none where the framework's own template has none. */
  readonly type?: "module" | "commonjs";
  /** Its recipes, by folder, and where they go. */
  readonly files: Readonly<Record<string, string>>;
  /** Other files, by name. */
  readonly texts: Readonly<Record<string, string>>;
  /** Compiles it, without any secret in the environment. */
  compile(folder: string, toolbox: string): Promise<unknown>;
  /** The words after `node` that start it on a port. */
  start(folder: string, port: string): string[];
}

const OURS = ["@org/auth-core", "@org/auth-sandbox", "@org/stonex-client"];
const NEST_FILES = ["common", "core", "platform-express", "testing"];
const nestDependencies = (version: string) => ({
  ...Object.fromEntries(NEST_FILES.map((name) => [`@nestjs/${name}`, version])),
  "@types/jest": "^30.0.0",
  "@types/node": "^24.0.0",
  "reflect-metadata": "^0.2.2",
  rxjs: "^7.8.2",
});

function nest(version: string, type: "module" | "commonjs"): Framework {
  // As `nest new` writes them, with all declarations checked.
  const compilerOptions = {
    module: type === "module" ? "nodenext" : "commonjs",
    declaration: true,
    removeComments: true,
    emitDecoratorMetadata: true,
    experimentalDecorators: true,
    allowSyntheticDefaultImports: true,
    target: "es2023",
    sourceMap: true,
    outDir: "dist",
    rootDir: "src",
    strict: true,
    skipLibCheck: false,
    types: ["node", "jest"],
  };
  return {
    name: `NestJS ${version}`,
    dependencies: nestDependencies(`^${version}.0.0`),
    type,
    files: { nestjs: "src" },
    texts: { "tsconfig.json": JSON.stringify({ compilerOptions, include: ["src"] }) },
    compile: (cwd, toolbox) =>
      run(process.execPath, [toolScript(toolbox, "typescript-5.9", "tsc"), "-p", "."], { cwd }),
    start: () => ["dist/main.js"],
  };
}

const LAYOUT = `import type { ReactNode } from "react";

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
`;

/** The frameworks that the recipes are for. NestJS 11 is CommonJS, 12 is ESM. */
export const FRAMEWORKS: Readonly<Record<"nest11" | "nest12" | "next", Framework>> = {
  nest11: nest("11", "commonjs"),
  nest12: nest("12", "module"),
  next: {
    name: "Next.js 16",
    dependencies: {
      next: "16.4.6",
      react: "^19.2.0",
      "react-dom": "^19.2.0",
      typescript: "5.9.3",
      "@types/node": "^24.0.0",
      "@types/react": "^19.2.0",
    },
    files: { "nextjs/app": "app", "../tokens.ts": "tokens.ts" },
    texts: { "app/layout.tsx": LAYOUT },
    compile: (folder) => {
      const { STONEX_CLIENT_ID: _, STONEX_CLIENT_SECRET: __, ...env } = process.env;
      const words = [nextScript(folder), "build"];
      return run(process.execPath, words, { cwd: folder, env: { ...env, NEXT_TELEMETRY_DISABLED: "1" } });
    },
    start: (folder, port) => [nextScript(folder), "start", "-H", "127.0.0.1", "-p", port],
  },
};

function nextScript(folder: string): string {
  return join(folder, "node_modules/next/dist/bin/next");
}

/** Writes a project of a framework, out of the recipes of the workspace, and installs it with npm. */
export async function createProject(
  { name, dependencies, type, files, texts }: Framework,
  folder: string,
  { workspace, registry, packages }: { workspace: string; registry: string; packages: readonly Published[] },
): Promise<Consumer> {
  mkdirSync(folder, { recursive: true });
  for (const [from, to] of Object.entries(files)) {
    cpSync(join(workspace, "tools/recipes/src/frameworks", from), join(folder, to), { recursive: true });
  }
  for (const [file, text] of Object.entries(texts)) writeFileSync(join(folder, file), text);
  const ours = packages.filter((one) => OURS.includes(one.name)).map((one) => [one.name, `^${one.version}`]);
  const manifest = {
    name: name.toLowerCase().replace(/\W+/g, "-"),
    private: true,
    ...(type && { type }),
    dependencies: { ...dependencies, ...Object.fromEntries(ours) },
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(folder, ".npmrc"), `@org:registry=${registry}\n`);
  const env = { npm_config_loglevel: "error" };
  await run("npm", ["install", "--no-audit", "--no-fund"], { cwd: folder, env });
  return { folder };
}

/**
 * Starts a project on a port of loopback and calls it; answers what it said.
 *
 * @throws {Error} with what it printed, when it does not give the sandbox's answer.
 */
export async function startAndCall(
  framework: Framework,
  { folder }: Consumer,
  { binary, version }: Node,
  facts: string,
): Promise<string> {
  const port = String(await freePort());
  const { url, credentials } = JSON.parse(facts);
  const env = {
    ...process.env,
    PORT: port,
    STONEX_URL: `${url}/stonex`,
    STONEX_CLIENT_ID: credentials.stonex.clientId,
    STONEX_CLIENT_SECRET: credentials.stonex.clientSecret,
  };
  const stdio = ["ignore", "pipe", "pipe"] as const;
  const child = spawn(binary, framework.start(folder, port), { cwd: folder, env, stdio: [...stdio] });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      printed += chunk;
    });
  }
  const ended = new Promise((resolve) => child.once("close", resolve));
  try {
    const giveUpAt = Date.now() + 60_000;
    while (child.exitCode === null && Date.now() < giveUpAt) {
      const response = await fetch(`http://127.0.0.1:${port}/whoami`).catch(() => undefined);
      const text = await response?.text();
      if (response?.ok && text?.includes("stonex")) return `GET /whoami: ${text.slice(0, 30)} on ${version}`;
      if (response)
        throw new Error(`expected the sandbox's answer, found ${response.status} ${text}\n${printed}`);
      await wait(200);
    }
    throw new Error(`expected ${framework.name} to listen, it printed:\n${printed}`);
  } finally {
    child.kill("SIGKILL");
    await ended;
  }
}

/** The compiler options that Next.js wrote. */
export function nextCompilerOptions({ folder }: Consumer): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(join(folder, "tsconfig.json"), "utf8")).compilerOptions;
}
