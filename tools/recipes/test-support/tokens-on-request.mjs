// Loads a recipe and prints how long that took; then gets a new token for each line on its standard input.
import { createInterface } from "node:readline";

const started = performance.now();
const { tokens } = await import(process.argv[2]);
console.log(JSON.stringify({ loaded: performance.now() - started }));
for await (const _ of createInterface({ input: process.stdin })) {
  const asked = performance.now();
  const { accessToken } = await tokens.getToken({ forceRenew: true });
  console.log(JSON.stringify({ accessToken, took: performance.now() - asked }));
}
process.exit();
