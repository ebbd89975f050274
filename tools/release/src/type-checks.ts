import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runNode } from "./run.ts";
import { toolScript } from "./toolbox.ts";

/** A way in which a project may be type-checked. */
export interface TypeCheck {
  /** As the toolbox calls it. */
  readonly compiler: string;
  readonly resolution: "node10" | "node16" | "nodenext" | "bundler";
  /** What the nearest `package.json` says. */
  readonly project: "commonjs" | "module";
}

/** The compilers that the packages are for, as the toolbox calls them. */
export const COMPILERS: readonly string[] = [
  "typescript-5.7",
  "typescript-5.9",
  "typescript-6",
  "typescript-7",
];

/** Every compiler with every resolution that it has. */
export const TYPE_CHECKS: readonly TypeCheck[] = COMPILERS.flatMap((compiler) => [
  // TypeScript 7 no longer has it.
  ...(compiler === "typescript-7" ? [] : [{ compiler, resolution: "node10", project: "commonjs" } as const]),
  { compiler, resolution: "node16", project: "commonjs" },
  { compiler, resolution: "node16", project: "module" },
  { compiler, resolution: "nodenext", project: "module" },
  { compiler, resolution: "bundler", project: "module" },
]);

const MODULES = { node10: "commonjs", node16: "node16", nodenext: "nodenext", bundler: "esnext" };

/** Type-checks a consumer's program and writes its declarations. */
export function typeCheck(folder: string, { compiler, resolution, project }: TypeCheck): Promise<string> {
  return compile(project === "commonjs" ? join(folder, "commonjs") : folder, compiler, resolution, {
    strict: true,
    target: "es2022",
    lib: ["es2023", "dom", "dom.iterable"],
    module: MODULES[resolution],
    moduleResolution: resolution,
    ...(resolution === "node10" && compiler === "typescript-6" && { ignoreDeprecations: "6.0" }),
    exactOptionalPropertyTypes: true,
    // The compiler needs names for the types that come from our declarations.
    declaration: true,
    emitDeclarationOnly: true,
    // Compilers run side by side.
    outDir: `declarations/${compiler}-${resolution}`,
  });
}

/** Type-checks it with the options that Next.js wrote in a project. */
export function typeCheckAsNext(folder: string, compiler: string, project: string): Promise<string> {
  const { compilerOptions } = JSON.parse(readFileSync(join(project, "tsconfig.json"), "utf8"));
  return compile(folder, compiler, "next", { ...compilerOptions, plugins: [], incremental: false });
}

async function compile(cwd: string, compiler: string, name: string, options: object): Promise<string> {
  const file = `tsconfig.${compiler}.${name}.json`;
  // Our declarations must be valid on their own.
  const compilerOptions = { ...options, types: [], skipLibCheck: false };
  writeFileSync(join(cwd, file), JSON.stringify({ compilerOptions, files: ["program.ts"] }));
  return runNode([toolScript(compiler, "tsc"), "-p", file], { cwd });
}
