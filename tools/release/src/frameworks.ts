import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import getPort from "get-port";
import { npmInstall, runNode } from "./processes.ts";
import { node } from "./runtimes.ts";
import type { Source } from "./workspace.ts";

/** Where the recipes of a framework go in its project, and the words after `node` that compile and start it. */
const NEST = {
  recipes: { nestjs: "src" },
  compile: ["node_modules/typescript/bin/tsc", "-p", "."],
  start: ["dist/main.js"],
};
const NEXT_SCRIPT = "node_modules/next/dist/bin/next";

/**
 * The frameworks that the recipes are for. `projects/` has what each needs besides, as its own template writes it, with all
 * declarations checked. NestJS 11 is CommonJS, 12 is ESM.
 */
export const FRAMEWORKS = {
  nest11: { name: "NestJS 11", project: "nestjs-11", ...NEST },
  nest12: { name: "NestJS 12", project: "nestjs-12", ...NEST },
  next: {
    name: "Next.js 16",
    project: "nextjs-16",
    recipes: { "nextjs/app": "app", "../tokens.ts": "tokens.ts" },
    compile: [NEXT_SCRIPT, "build"],
    start: [NEXT_SCRIPT, "start", "-H", "127.0.0.1"],
  },
};

type Framework = (typeof FRAMEWORKS)[keyof typeof FRAMEWORKS];

const OURS = ["@org/auth-core", "@org/auth-sandbox", "@org/stonex-client"];

/** Writes a project of a framework out of the recipes of the workspace, installs it with npm and compiles it. */
export async function createProject(
  { project, recipes, compile }: Framework,
  cwd: string,
  { workspace, registry, packages }: Source,
): Promise<void> {
  cpSync(join(import.meta.dirname, "../projects", project), cwd, { recursive: true });
  for (const [from, to] of Object.entries(recipes)) {
    cpSync(join(workspace, "tools/recipes/src/frameworks", from), join(cwd, to), { recursive: true });
  }
  const manifest = JSON.parse(readFileSync(join(cwd, "package.json"), "utf8"));
  for (const { name, version } of packages) {
    if (OURS.includes(name)) manifest.dependencies[name] = `^${version}`;
  }
  writeFileSync(join(cwd, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(cwd, ".npmrc"), `@org:registry=${registry}\n`);
  await npmInstall(cwd);
  const noSecrets = { STONEX_CLIENT_ID: undefined, STONEX_CLIENT_SECRET: undefined };
  await runNode(compile, { cwd, env: { ...noSecrets, NEXT_TELEMETRY_DISABLED: "1" } });
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
