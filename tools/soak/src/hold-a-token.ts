// A program that gets a token, keeps its cache and has nothing else to do. Arguments: a vendor, its credentials as JSON,
// its base URL, and after how many milliseconds the token is asked for once more, if at all.
// Prints how many milliseconds passed between its last work and its end.
import { setTimeout as wait } from "node:timers/promises";
import { createTokenCache } from "./vendors.ts";

const [vendor = "", credentials = "", baseUrl = "", again] = process.argv.slice(2);
const tokens = createTokenCache(vendor, JSON.parse(credentials), { baseUrl });
Object.assign(globalThis, { tokens });
await tokens.getToken();
if (again !== undefined) {
  await wait(Number(again));
  await tokens.getToken();
}
const idleSince = performance.now();
process.on("exit", () => console.log(Math.round(performance.now() - idleSince)));
