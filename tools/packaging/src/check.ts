// Run in a package's folder: packs it and reports what must not be published.
import { problemsOf } from "./package-problems.ts";
import { pack } from "./packed-package.ts";

const packed = pack(process.cwd());
const problems = problemsOf(packed);
for (const problem of problems) console.error(`${packed.manifest.name}: ${problem}`);
if (problems.length > 0) process.exitCode = 1;
else console.log(`${packed.manifest.name}: ${packed.files.length} files, all of them expected`);
