/** What a command needs. Its program prints its help before anything is built. */
interface Command {
  /** Arguments of Node.js: options, the program from the root of the repository, its first words. */
  readonly program?: readonly string[];
  /** Arguments of turbo that build what the program imports. */
  readonly build: readonly string[];
  /** A program that runs last, whatever the exit code of the first. */
  readonly after?: string;
}

const dependenciesOf = (name: string) => ["build", "bundle", `--filter=@org/${name}^...`];
/** Programs find these in `redocly.yaml`, so that no `package.json` names them. */
const CLIENTS = "--filter=./packages/*-client";
/** Turbo, from the root of the repository. */
export const TURBO = "node_modules/turbo/bin/turbo";

const COMMANDS: Readonly<Record<string, Command>> = {
  demo: { program: ["tools/demo/src/main.ts"], build: [...dependenciesOf("demo"), CLIENTS] },
  soak: { program: ["--expose-gc", "tools/soak/src/main.ts"], build: [...dependenciesOf("soak"), CLIENTS] },
  fleet: { program: ["tools/fleet/src/main.ts"], build: dependenciesOf("fleet") },
  "docs:build": { program: ["tools/docs/src/main.ts", "build"], build: dependenciesOf("docs") },
  "docs:dev": { program: ["tools/docs/src/main.ts", "dev"], build: dependenciesOf("docs") },
  test: {
    program: [TURBO, "run", "test", "--concurrency=2", "--continue=dependencies-successful"],
    build: ["build"],
    after: "tools/launch/src/skipped-tests.ts",
  },
  /** What specifications are read with, which the other commands import. */
  reader: { build: ["build", "--filter=@org/auth-spec"] },
};

/**
 * What a command line asks for: arguments of turbo, then of Node.js, and of Node.js once more, each run after the other.
 *
 * @throws {TypeError} for a command that does not exist.
 */
export function planOf([name = "", ...words]: readonly string[]): {
  build?: string[];
  program?: string[];
  after?: string[];
} {
  const command = COMMANDS[name];
  if (command === undefined) {
    const names = Object.keys(COMMANDS).join(", ");
    throw new TypeError(`expected a command, one of ${names}, received ${JSON.stringify(name)}`);
  }
  const { program, build, after } = command;
  const isQuestion = words.includes("--help") || words.includes("-h");
  return {
    ...(!(program && isQuestion) && { build: ["run", ...build] }),
    ...(program && { program: [...program, ...words] }),
    // It reports on the whole run.
    ...(after && words.length === 0 && { after: [after] }),
  };
}

/** Using this repository reports nothing to the makers of its tools. */
export const QUIET = {
  DO_NOT_TRACK: "1",
  REDOCLY_TELEMETRY: "off",
  TURBO_TELEMETRY_DISABLED: "1",
  TURBO_NO_UPDATE_NOTIFIER: "1",
} as const;
