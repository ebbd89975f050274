import { createClient } from "@hey-api/openapi-ts";

// `node generate-hey-api.ts <folder> <specification…>`: types, SDK and fetch client, as by default.
const [folder = "", ...specifications] = process.argv.slice(2);
await createClient(
  specifications.map((input, i) => ({ input, output: `${folder}/${i}`, logs: { level: "silent" as const } })),
);
