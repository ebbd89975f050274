// A program that gets a token, keeps its cache and has nothing else to do. Argument: a `Holding` as JSON.
// Prints how many milliseconds passed between its last work and its end.
import { setTimeout as wait } from "node:timers/promises";
import { createTokenCache } from "./vendors.ts";

/** The program's argument. */
export interface Holding {
  readonly vendor: string;
  readonly credentials: object;
  readonly baseUrl: string;
  /** Milliseconds after which the token is asked for once more. */
  readonly again?: number;
}

const { vendor, credentials, baseUrl, again } = JSON.parse(process.argv[2] ?? "") as Holding;
const tokens = createTokenCache(vendor, credentials, { baseUrl });
Object.assign(globalThis, { tokens });
await tokens.getToken();
if (again !== undefined) {
  await wait(again);
  await tokens.getToken();
}
const idleSince = performance.now();
process.on("exit", () => console.log(Math.round(performance.now() - idleSince)));
