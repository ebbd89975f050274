import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import getPort from "get-port";
import { node } from "./nodes.ts";
import { npmInstall, runNode } from "./run.ts";
import { toolScript } from "./toolbox.ts";
import type { Source } from "./workspace.ts";

/** A framework, and how it is installed, compiled and started. */
export interface Framework {
  readonly name: string;
  readonly dependencies: Readonly<Record<string, string>>;
  /** Of the nearest `package.json`; none if the framework's own template has none. */
  readonly type?: "module" | "commonjs";
  /** Its recipes, by folder, and where they go. */
  readonly files: Readonly<Record<string, string>>;
  /** Another file that it needs, and its text. */
  readonly added: readonly [file: string, text: string];
  /** The words after `node` that compile it; without any secret in the environment. */
  compile(): readonly string[];
  /** Those that start it on the port that `PORT` says. */
  readonly start: readonly string[];
}

const OURS = ["@org/auth-core", "@org/auth-sandbox", "@org/stonex-client"];

function nest(version: string, type: "module" | "commonjs"): Framework {
  const packages = ["common", "core", "platform-express", "testing"];
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
    dependencies: {
      ...Object.fromEntries(packages.map((name) => [`@nestjs/${name}`, `^${version}.0.0`])),
      "@types/jest": "^30.0.0",
      "@types/node": "^24.0.0",
      "reflect-metadata": "^0.2.2",
      rxjs: "^7.8.2",
    },
    type,
    files: { nestjs: "src" },
    added: ["tsconfig.json", JSON.stringify({ compilerOptions, include: ["src"] })],
    compile: () => [toolScript("typescript-5.9", "tsc"), "-p", "."],
    start: ["dist/main.js"],
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

const NEXT_SCRIPT = "node_modules/next/dist/bin/next";

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
    added: ["app/layout.tsx", LAYOUT],
    compile: () => [NEXT_SCRIPT, "build"],
    start: [NEXT_SCRIPT, "start", "-H", "127.0.0.1"],
  },
};

/** Writes a project of a framework out of the recipes of the workspace, installs it with npm and compiles it. */
export async function createProject(
  { name, dependencies, type, files, added, compile }: Framework,
  cwd: string,
  { workspace, registry, packages }: Source,
): Promise<void> {
  mkdirSync(cwd, { recursive: true });
  for (const [from, to] of Object.entries(files)) {
    cpSync(join(workspace, "tools/recipes/src/frameworks", from), join(cwd, to), { recursive: true });
  }
  const ours = packages.filter((one) => OURS.includes(one.name)).map((one) => [one.name, `^${one.version}`]);
  const manifest = {
    name: name.toLowerCase().replace(/\W+/g, "-"),
    private: true,
    ...(type && { type }),
    dependencies: { ...dependencies, ...Object.fromEntries(ours) },
  };
  const [file, text] = added;
  writeFileSync(join(cwd, file), text);
  writeFileSync(join(cwd, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(cwd, ".npmrc"), `@org:registry=${registry}\n`);
  await npmInstall(cwd);
  const noSecrets = { STONEX_CLIENT_ID: undefined, STONEX_CLIENT_SECRET: undefined };
  await runNode(compile(), { cwd, env: { ...noSecrets, NEXT_TELEMETRY_DISABLED: "1" } });
}

/**
 * Starts a project on a port of loopback and calls it; returns its answer.
 *
 * @throws {Error} with what it printed, when it does not give the sandbox's answer.
 */
export async function startAndCall(
  { name, start }: Framework,
  cwd: string,
  nodeVersion: string,
  facts: string,
): Promise<string> {
  const { binary, version } = await node(nodeVersion);
  const port = String(await getPort({ host: "127.0.0.1" }));
  const { url, credentials } = JSON.parse(facts);
  const env = {
    ...process.env,
    PORT: port,
    STONEX_URL: `${url}/stonex`,
    STONEX_CLIENT_ID: credentials.stonex.clientId,
    STONEX_CLIENT_SECRET: credentials.stonex.clientSecret,
  };
  const child = spawn(binary, start, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(child, "close");
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      printed += chunk;
    });
  }
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
    throw new Error(`expected ${name} to listen, it printed:\n${printed}`);
  } finally {
    child.kill("SIGKILL");
    await ended;
  }
}
