import { UsageProblem } from "@org/vendors";

/** What a command runs, one after the other; each is arguments of Node.js, of which the first is a program's file or an option. */
interface Plan {
  /** Arguments of turbo that build what the program imports. */
  readonly build?: readonly string[];
  readonly program?: readonly string[];
  /** A program that runs last, whatever the exit code of the first. */
  readonly after?: readonly string[];
}

/** Turbo, from the root of the repository. */
export const TURBO = "node_modules/turbo/bin/turbo";

/** Programs find these in `redocly.yaml`, so that no `package.json` names them. */
const CLIENTS = "--filter=./packages/*-client";

const buildFor = (name: string) => ["run", "build", "bundle", `--filter=@org/${name}^...`];

const PLANS: Readonly<Record<string, Plan>> = {
  demo: { build: [...buildFor("demo"), CLIENTS], program: ["tools/demo/src/main.ts"] },
  soak: { build: [...buildFor("soak"), CLIENTS], program: ["--expose-gc", "tools/soak/src/main.ts"] },
  fleet: { build: buildFor("fleet"), program: ["tools/fleet/src/main.ts"] },
  "docs:build": { build: buildFor("docs"), program: ["tools/docs/src/main.ts", "build"] },
  "docs:dev": { build: buildFor("docs"), program: ["tools/docs/src/main.ts", "dev"] },
  test: {
    build: ["run", "build"],
    program: [TURBO, "run", "test", "--concurrency=2", "--continue=dependencies-successful"],
    after: ["tools/launch/src/skipped-tests.ts"],
  },
  /** What specifications are read with, which the other commands import. */
  reader: { build: ["run", "build", "--filter=@org/auth-spec"] },
  turbo: { program: [TURBO] },
};

/**
 * What a command line asks for. A program prints its help before anything is built.
 *
 * @throws {UsageProblem} for a command that does not exist.
 */
export function planOf([name = "", ...words]: readonly string[]): Plan {
  const plan = PLANS[name];
  if (plan === undefined) {
    const names = Object.keys(PLANS).join(", ");
    throw new UsageProblem(`expected a command, one of ${names}, received ${JSON.stringify(name)}`);
  }
  const { build, program, after } = plan;
  const isQuestion = words.includes("--help") || words.includes("-h");
  return {
    ...(build && !(program && isQuestion) && { build }),
    ...(program && { program: [...program, ...words] }),
    // It reports on the whole run.
    ...(after && words.length === 0 && { after }),
  };
}
