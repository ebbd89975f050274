import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { REPOSITORY } from "@org/vendors";
import { run } from "./processes.ts";
import { node } from "./runtimes.ts";

const GUIDE = "tools/docs/guides/getting-started.md";
/** The parts that a newcomer follows to the letter; what comes after them are excerpts. */
const PARTS = ["sandbox", "vendor"];
/** How long a newcomer may wait for all of it, in milliseconds. */
const PATIENCE = 180_000;

/** The fenced blocks of the parts that are followed to the letter: what each is, the file to save it as, and its text. */
export function blocksOf(guide: string) {
  return guide
    .split(/^(?=## )/m)
    .filter((part) => PARTS.some((name) => part.split("\n", 1)[0]?.endsWith(`{#${name}}`)))
    .flatMap((part) => [...part.matchAll(/^```(\w+)(?: \[([^\]]+)\])?\n([\s\S]*?)^```$/gm)])
    .map(([, kind = "", file, text = ""]) => ({ kind, file, text }));
}

/** Follows "Getting started" as it is printed, from an empty folder, on one Node.js; returns how long it takes. */
export async function walkGettingStarted(
  folder: string,
  registry: string,
  nodeVersion: string,
): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const { binary } = await node(nodeVersion);
  const env = { PATH: [dirname(binary), process.env.PATH].join(delimiter) };
  // Where a newcomer would find the packages on npm.
  writeFileSync(join(folder, ".npmrc"), `@org:registry=${registry}\n`);
  writeFileSync(join(folder, "vendor.mjs"), AS_VENDOR);
  const began = Date.now();
  const times: string[] = [];
  let printed = "";
  for (const { kind, file, text } of blocksOf(readFileSync(join(REPOSITORY, GUIDE), "utf8"))) {
    if (file !== undefined) writeFileSync(join(folder, file), text);
    else if (kind === "sh") {
      printed = "";
      for (const line of text.trim().split("\n")) {
        const asVendor = line.includes("--env-file") ? VENDOR_ENV : {};
        printed += `${await run("sh", ["-c", line], { cwd: folder, env: { ...env, ...asVendor } })}\n`;
      }
    } else if (kind === "console") {
      expectSame(text, printed);
      times.push(`${((Date.now() - began) / 1000).toFixed(1)} s`);
    }
  }
  if (times.length !== PARTS.length) {
    throw new Error(`${GUIDE}: expected ${PARTS.length} programs, found ${times.length}`);
  }
  if (Date.now() - began > PATIENCE)
    throw new Error(`expected less than 3 minutes, took ${times.join(", ")}`);
  const version = await run("node", ["--version"], { cwd: folder, env });
  return `${version}: a token from the sandbox after ${times[0]}, from the vendor after ${times[1]}`;
}

function expectSame(expected: string, received: string): void {
  const comparable = (text: string) => text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>").trim();
  if (comparable(expected) !== comparable(received)) {
    throw new Error(`expected the guide's output:\n${expected}\nreceived:\n${received}`);
  }
}

/** Stands in for the vendor's host, which a rehearsal does not reach. */
const AS_VENDOR = `import { createSandbox } from "@org/auth-sandbox";
globalThis.fetch = (await createSandbox()).fetch;
`;
/** Goes before the credentials of `.env`, which are placeholders. */
const VENDOR_ENV = {
  NODE_OPTIONS: "--import=./vendor.mjs",
  STONEX_CLIENT_ID: "example-client-id",
  STONEX_CLIENT_SECRET: "example-client-secret",
};
