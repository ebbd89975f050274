/** Serves the network until its standard input ends, and prints what recipes read from their environment. */
import { startNetwork } from "./network.ts";

const { environment, close } = await startNetwork();
console.log(JSON.stringify(environment));
process.stdin.resume().on("end", () => void close());
