import { generate } from "orval";

// `node generate-orval.ts <folder> <specification…>`: types and fetch client.
const [folder = "", ...specifications] = process.argv.slice(2);
for (const [i, input] of specifications.entries()) {
  await generate({ input, output: { target: `${folder}/${i}/client.ts`, client: "fetch", mode: "split" } });
}
