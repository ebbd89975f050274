import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { BENCH, runNode } from "./child-process.ts";
import { pnpmScript } from "./pnpm-script.ts";
import { type Spread, spreadOf } from "./statistics.ts";

/** What a generator took, and what it wrote. */
export interface Generated {
  readonly generator: string;
  readonly specification: string;
  /** Milliseconds of the whole process. */
  readonly wall: Spread;
  readonly lines: number;
}

/** What `turbo run build` took, in milliseconds, and how many tasks it ran. */
export interface TurboRun {
  readonly situation: string;
  readonly wall: number;
  readonly ran: number;
  readonly cached: number;
}

/** Both. */
export interface GenerationResult {
  readonly generated: readonly Generated[];
  readonly turbo: readonly TurboRun[];
}

const REPOSITORY = resolve(BENCH, "../..");
const LARGE = join(BENCH, "peers/node_modules/@octokit/openapi/generated/api.github.com.json");

/** Times generators in a copy of the repository, which is thrown away. */
export async function runGeneration(
  rounds: number,
  progress: (line: string) => void,
): Promise<GenerationResult> {
  const scratch = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    const copy = join(scratch, "repository");
    progress("generation: copying the repository and installing it");
    copyRepository(copy);
    const env = withPnpm(scratch);
    const [node = "", pnpm = ""] = env.PNPM.split("\n");
    run(node, [pnpm, "install", "--frozen-lockfile", "--prefer-offline"], copy, env);
    const turbo = turboRuns(copy, env, progress);

    const specifications = readdirSync(join(copy, "specs")).map((vendor) =>
      join(copy, "specs", vendor, "openapi.yaml"),
    );
    const generated = [
      ...(await compare("our five", specifications, copy, rounds, scratch, progress)),
      ...(await compare("api.github.com", [addLarge(copy)], copy, Math.min(rounds, 2), scratch, progress)),
    ];
    return { generated, turbo };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function compare(
  specification: string,
  files: readonly string[],
  copy: string,
  rounds: number,
  scratch: string,
  progress: (line: string) => void,
): Promise<Generated[]> {
  const vendors = files.map((file) => dirname(file).split("/").at(-1) ?? "");
  const ours = vendors.map((vendor) => join(copy, `packages/${vendor}-client/src/generated`));
  const output = join(scratch, "output");
  const contestants = [
    {
      generator: "pnpm generate",
      args: [join(copy, "tools/generate/src/main.ts"), ...vendors],
      folders: ours,
    },
    {
      generator: "@hey-api/openapi-ts",
      args: ["peers/generate-hey-api.ts", output, ...files],
      folders: [output],
    },
    { generator: "orval", args: ["peers/generate-orval.ts", output, ...files], folders: [output] },
  ];
  const results = new Map<string, { wall: number[]; lines: number }>();
  for (let round = 1; round <= rounds; round++) {
    for (const { generator, args, folders } of contestants) {
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
      const { wall, exitCode, errors } = await runNode(args, { cwd: BENCH, timeout: 180_000 });
      if (exitCode !== 0) throw new Error(`${generator}: ended with ${exitCode}: ${errors}`);
      const sofar = results.get(generator) ?? { wall: [], lines: 0 };
      sofar.wall.push(wall);
      sofar.lines = folders.reduce((sum, folder) => sum + linesIn(folder), 0);
      results.set(generator, sofar);
      progress(`generation of ${specification} ${round}/${rounds}: ${generator}: ${wall.toFixed(0)} ms`);
    }
  }
  return [...results].map(([generator, { wall, lines }]) => ({
    generator,
    specification,
    wall: spreadOf(wall),
    lines,
  }));
}

function linesIn(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  );
  return files.reduce(
    (sum, name) => sum + readFileSync(join(folder, name), "utf8").split("\n").length - 1,
    0,
  );
}

function turboRuns(
  copy: string,
  env: Readonly<Record<string, string>>,
  progress: (line: string) => void,
): TurboRun[] {
  const build = (situation: string): TurboRun => {
    const start = performance.now();
    const output = run(join(copy, "node_modules/.bin/turbo"), ["run", "build"], copy, env);
    const wall = performance.now() - start;
    const [, cached = 0, total = 0] = (/Cached:\s+(\d+) cached, (\d+) total/.exec(output) ?? []).map(Number);
    progress(`turbo run build, ${situation}: ${wall.toFixed(0)} ms`);
    return { situation, wall, ran: total - cached, cached };
  };
  const first = build("from nothing");
  const again = build("nothing changed");
  const file = join(copy, "specs/stonex/openapi.yaml");
  const specification = readFileSync(file, "utf8");
  writeFileSync(file, specification.replace("\n      summary: ", "\n      summary: Changed. "));
  const changed = build("one specification changed");
  writeFileSync(file, specification);
  return [first, again, changed];
}

/** GitHub's specification has no token endpoint, and our generator refuses one that has none: the copy gets one. */
function addLarge(copy: string): string {
  const document = JSON.parse(readFileSync(LARGE, "utf8"));
  document.servers[0]["x-name"] = "production";
  const secret = { type: "string", format: "password" };
  document.paths["/bench/token"] = {
    post: {
      operationId: "createBenchToken",
      security: [],
      "x-token-grant": "client_credentials",
      requestBody: {
        required: true,
        content: {
          "application/json": {
            schema: {
              type: "object",
              required: ["client_id", "client_secret"],
              properties: {
                client_id: { type: "string", "x-credential": "clientId" },
                client_secret: { ...secret, "x-credential": "clientSecret" },
              },
            },
          },
        },
      },
      responses: {
        "200": {
          description: "A token.",
          "x-token-response": { access_token: "$response.body#/access_token" },
          content: {
            "application/json": {
              schema: { type: "object", required: ["access_token"], properties: { access_token: secret } },
            },
          },
        },
      },
    },
  };
  const file = join(copy, "specs/github/openapi.yaml");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(document, null, 2));
  const client = join(copy, "packages/github-client");
  mkdirSync(client, { recursive: true });
  writeFileSync(
    join(client, "package.json"),
    '{\n  "name": "@org/github-client",\n  "version": "0.0.0"\n}\n',
  );
  const list = join(copy, "redocly.yaml");
  const apis = "apis:\n  github:\n    root: specs/github/openapi.yaml\n";
  writeFileSync(list, readFileSync(list, "utf8").replace("apis:\n", apis));
  return file;
}

/** What git tracks or would track, as it is in the work tree. */
function copyRepository(copy: string): void {
  const list = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
  const names = execFileSync("git", list, { cwd: REPOSITORY, encoding: "utf8", maxBuffer: 2 ** 28 });
  for (const name of names.split("\0")) {
    const from = join(REPOSITORY, name);
    if (name !== "" && existsSync(from)) cpSync(from, join(copy, name), { recursive: true });
  }
}

/** turbo looks for `pnpm` on the PATH, where there is none when it was started by npx. */
function withPnpm(scratch: string): Record<string, string> & { PNPM: string } {
  const pnpm = pnpmScript();
  const folder = join(scratch, "bin");
  mkdirSync(folder);
  writeFileSync(join(folder, "pnpm"), `#!/bin/sh\nexec "${process.execPath}" "${pnpm}" "$@"\n`, {
    mode: 0o755,
  });
  const PATH = [folder, dirname(process.execPath), process.env.PATH].join(delimiter);
  return { PATH, PNPM: `${process.execPath}\n${pnpm}` };
}

function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env: { ...process.env, NO_COLOR: "1", TURBO_TELEMETRY_DISABLED: "1", ...env },
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}
