import fs from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { copyCheckout } from "@org/vendors";
import { BENCH, pnpmInstall, run, runNode } from "./child-process.ts";
import { spreadOf } from "./statistics.ts";

/** GitHub's. */
const LARGE = join(BENCH, "peers/node_modules/@octokit/openapi/generated/api.github.com.json");

/** Times generators and `turbo run build`, as whole processes, in a copy of the repository, which is deleted afterwards. */
export async function measureGeneration(rounds: number, progress: (line: string) => void) {
  const scratch = fs.mkdtempSync(join(tmpdir(), "bench-"));
  try {
    const copy = join(scratch, "repository");
    progress("generation: copying the repository and installing it");
    copyCheckout(copy);
    await pnpmInstall(copy);
    const turbo = await turboRuns(copy, progress);
    const ours = fs.readdirSync(join(copy, "specs"));
    const generated = await compare("our five", ours, copy, rounds, progress);
    addLarge(copy);
    const large = await compare("api.github.com", ["github"], copy, Math.min(rounds, 2), progress);
    return { generated: [...generated, ...large], turbo };
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

async function compare(
  specification: string,
  vendors: readonly string[],
  copy: string,
  rounds: number,
  progress: (line: string) => void,
) {
  const output = join(copy, "../output");
  const files = vendors.map((vendor) => join(copy, "specs", vendor, "openapi.yaml"));
  const ours = vendors.map((vendor) => join(copy, `packages/${vendor}-client/src/generated`));
  const generate = join(copy, "tools/generate/src/main.ts");
  const peer = (script: string) => ({ args: [`peers/${script}`, output, ...files], folders: [output] });
  const contestants = [
    { generator: "pnpm generate", args: [generate, ...vendors], folders: ours },
    { generator: "@hey-api/openapi-ts", ...peer("generate-hey-api.ts") },
    { generator: "orval", ...peer("generate-orval.ts") },
  ].map((contestant) => ({ ...contestant, walls: [] as number[], lines: 0 }));
  for (let round = 1; round <= rounds; round++) {
    for (const contestant of contestants) {
      const { generator, args, folders, walls } = contestant;
      for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
      const { wall } = await runNode(args);
      walls.push(wall);
      contestant.lines = folders.reduce((sum, folder) => sum + linesIn(folder), 0);
      progress(`generation of ${specification} ${round}/${rounds}: ${generator}: ${wall.toFixed(0)} ms`);
    }
  }
  return contestants.map(({ generator, walls, lines }) => {
    return { generator, specification, wall: spreadOf(walls), lines };
  });
}

function linesIn(folder: string): number {
  const lines = (name: string) => fs.readFileSync(join(folder, name), "utf8").split("\n").length - 1;
  return fs.globSync("**/*.ts", { cwd: folder }).reduce((sum, name) => sum + lines(name), 0);
}

async function turboRuns(cwd: string, progress: (line: string) => void) {
  const build = async (situation: string) => {
    const { output, wall } = await run("node_modules/.bin/turbo", ["run", "build"], { cwd });
    const [, cached = 0, total = 0] = (/Cached:\s+(\d+) cached, (\d+) total/.exec(output) ?? []).map(Number);
    progress(`turbo run build, ${situation}: ${wall.toFixed(0)} ms`);
    return { situation, wall, ran: total - cached, cached };
  };
  const before = [await build("from nothing"), await build("nothing changed")];
  const file = join(cwd, "specs/stonex/openapi.yaml");
  const specification = fs.readFileSync(file, "utf8");
  fs.writeFileSync(file, specification.replace("\n      summary: ", "\n      summary: Changed. "));
  const after = await build("one specification changed");
  fs.writeFileSync(file, specification);
  return [...before, after];
}

/** Our generator refuses a specification of OpenAPI 3.0, and one without a token endpoint: the copy says 3.1 and has one. */
function addLarge(copy: string): void {
  const document = JSON.parse(fs.readFileSync(LARGE, "utf8"));
  document.openapi = "3.1.1";
  document.servers[0]["x-name"] = "production";
  const endpoint = fs.readFileSync(join(import.meta.dirname, "github-token-endpoint.json"), "utf8");
  document.paths["/bench/token"] = JSON.parse(endpoint);
  const file = join(copy, "specs/github/openapi.yaml");
  const client = join(copy, "packages/github-client");
  for (const folder of [dirname(file), client]) fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(file, JSON.stringify(document, null, 2));
  const manifest = { name: "@org/github-client", version: "0.0.0" };
  fs.writeFileSync(join(client, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  const list = join(copy, "redocly.yaml");
  const apis = "apis:\n  github:\n    root: specs/github/openapi.yaml\n";
  fs.writeFileSync(list, fs.readFileSync(list, "utf8").replace("apis:\n", apis));
}
