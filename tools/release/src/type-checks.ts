import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runNode } from "./processes.ts";
import { toolScript } from "./toolbox.ts";

/** The compilers that the packages are for, as the toolbox calls them. */
export const COMPILERS = ["typescript-5.7", "typescript-5.9", "typescript-6", "typescript-7"];

/** Every way to resolve imports, the type of the project that it is tried in, and the modules that go with it. */
const RESOLUTIONS = [
  { resolution: "node10", project: "commonjs", module: "commonjs" },
  { resolution: "node16", project: "commonjs", module: "node16" },
  { resolution: "node16", project: "module", module: "node16" },
  { resolution: "nodenext", project: "module", module: "nodenext" },
  { resolution: "bundler", project: "module", module: "esnext" },
];

/** Every compiler with every resolution that it has: TypeScript 7 no longer has the oldest. */
export const TYPE_CHECKS = COMPILERS.flatMap((compiler) =>
  RESOLUTIONS.map((one) => ({ compiler, ...one })),
).filter(({ compiler, resolution }) => !(compiler === "typescript-7" && resolution === "node10"));

/** Type-checks a consumer's programs and writes their declarations. */
export function typeCheck(folder: string, check: (typeof TYPE_CHECKS)[number]): Promise<string> {
  const { compiler, resolution, project, module } = check;
  return compile(project === "commonjs" ? join(folder, "commonjs") : folder, compiler, resolution, {
    strict: true,
    target: "es2022",
    lib: ["es2023", "dom", "dom.iterable"],
    module,
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

/** Type-checks them with the options that Next.js wrote in a project. */
export function typeCheckAsNext(folder: string, compiler: string, project: string): Promise<string> {
  const { compilerOptions } = JSON.parse(readFileSync(join(project, "tsconfig.json"), "utf8"));
  return compile(folder, compiler, "next", { ...compilerOptions, plugins: [], incremental: false });
}

async function compile(cwd: string, compiler: string, name: string, options: object): Promise<string> {
  const file = `tsconfig.${compiler}.${name}.json`;
  // Our declarations must be valid on their own.
  const compilerOptions = { ...options, types: [], skipLibCheck: false };
  writeFileSync(join(cwd, file), JSON.stringify({ compilerOptions, files: ["program.ts", "clients.ts"] }));
  return runNode([toolScript(compiler, "tsc"), "-p", file], { cwd });
}
