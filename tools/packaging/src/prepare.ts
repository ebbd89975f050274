// Run in a package's folder before it is compiled. Empties dist, since a file whose source is gone would otherwise be
// published, and brings in the specification that a client ships.
import { copyFileSync, readFileSync, rmSync } from "node:fs";

rmSync("dist", { recursive: true, force: true });
const { generatedFrom } = JSON.parse(readFileSync("package.json", "utf8"));
if (generatedFrom) copyFileSync(`../../${generatedFrom.specification}`, "openapi.yaml");
