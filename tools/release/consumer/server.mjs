// Serves the sandbox until its standard input ends, and prints where and with which credentials.
import { createSandbox } from "@org/auth-sandbox";

const sandbox = await createSandbox();
const { url, close } = await sandbox.listen();
const credentials = Object.fromEntries(
  Object.entries(sandbox.vendors).map(([name, vendor]) => [name, vendor.credentials()]),
);
console.log(JSON.stringify({ url, credentials }));
process.stdin.resume().on("end", () => close());
