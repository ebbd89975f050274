// Runs one recipe, whatever the runtime: `node who-am-i.mjs <file>` prints what its call of the API returns.

import process from "node:process";
import { pathToFileURL } from "node:url";

const [, , file] = process.argv;
const { whoAmI } = await import(pathToFileURL(file).href);
console.log(await whoAmI());
