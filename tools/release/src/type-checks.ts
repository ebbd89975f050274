import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Consumer } from "./consumer-programs.ts";
import { run } from "./run.ts";
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
  // TypeScript 7 has it no more.
  ...(compiler === "typescript-7" ? [] : [{ compiler, resolution: "node10", project: "commonjs" } as const]),
  { compiler, resolution: "node16", project: "commonjs" },
  { compiler, resolution: "node16", project: "module" },
  { compiler, resolution: "nodenext", project: "module" },
  { compiler, resolution: "bundler", project: "module" },
]);

/** Type-checks a consumer's program and writes its declarations. */
export async function typeCheck(
  { folder }: Consumer,
  toolbox: string,
  { compiler, resolution, project }: TypeCheck,
): Promise<void> {
  const modules = { node10: "commonjs", node16: "node16", nodenext: "nodenext", bundler: "esnext" };
  const cwd = project === "commonjs" ? join(folder, "commonjs") : folder;
  const name = `tsconfig.${compiler}.${resolution}.json`;
  const compilerOptions = {
    strict: true,
    target: "es2022",
    lib: ["es2023", "dom", "dom.iterable"],
    module: modules[resolution],
    moduleResolution: resolution,
    ...(resolution === "node10" && compiler === "typescript-6" && { ignoreDeprecations: "6.0" }),
    exactOptionalPropertyTypes: true,
    types: [],
    // Our declarations have to hold on their own, and what is made with them needs names.
    skipLibCheck: false,
    declaration: true,
    emitDeclarationOnly: true,
    // Compilers run side by side.
    outDir: `declarations/${compiler}-${resolution}`,
  };
  writeFileSync(join(cwd, name), JSON.stringify({ compilerOptions, files: ["program.ts"] }));
  await run(process.execPath, [toolScript(toolbox, compiler, "tsc"), "-p", name], { cwd });
}

/** Type-checks it with the options that Next.js wrote, our declarations included. */
export async function typeCheckAsNext(
  { folder }: Consumer,
  toolbox: string,
  compiler: string,
  compilerOptions: Readonly<Record<string, unknown>>,
): Promise<void> {
  const name = `tsconfig.${compiler}.next.json`;
  const options = { ...compilerOptions, plugins: [], incremental: false, skipLibCheck: false, types: [] };
  writeFileSync(join(folder, name), JSON.stringify({ compilerOptions: options, files: ["program.ts"] }));
  await run(process.execPath, [toolScript(toolbox, compiler, "tsc"), "-p", name], { cwd: folder });
}
