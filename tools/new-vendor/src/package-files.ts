import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pascalCase } from "@org/vendors";
import type { Answers } from "./answers.ts";

/** Files to write: path from the root of the repository -> text. */
export type Files = ReadonlyMap<string, string>;

/** Files that are the same for every client but for the vendor's name. */
const SHARED = ["turbo.json", "tsconfig.json", "tsconfig.build.json", "LICENSE"];

/** The package of a vendor, modelled on another vendor's. */
export function packageFiles(repository: string, model: string, answers: Answers): Files {
  const { slug, title } = answers;
  const folder = `packages/${slug}-client`;
  const modelFolder = join(repository, "packages", `${model}-client`);
  const read = (name: string) => readFileSync(join(modelFolder, name), "utf8");
  const renamed = (text: string) =>
    text
      .replaceAll(`specs/${model}/`, `specs/${slug}/`)
      .replaceAll(`@org/${model}-client`, `@org/${slug}-client`);
  return new Map([
    ...SHARED.map((name) => [`${folder}/${name}`, renamed(read(name))] as const),
    [`${folder}/package.json`, manifest(JSON.parse(read("package.json")), model, answers)],
    [`${folder}/README.md`, readme(answers)],
    [`${folder}/src/${slug}.test.ts`, test(slug)],
    [
      `.changeset/${slug}-client-first-version.md`,
      `---\n"@org/${slug}-client": minor\n---\n\nFirst version: access tokens for ${title}.\n`,
    ],
  ]);
}

function manifest(model: Record<string, unknown>, modelSlug: string, { slug, title }: Answers): string {
  const { generatedFrom: _, scripts, ...others } = model;
  const own = {
    ...others,
    name: `@org/${slug}-client`,
    version: "0.0.0",
    description: `Typed client and access tokens for ${title}.`,
    scripts: { ...(scripts as object), generate: `node ../../tools/generate/src/main.ts ${slug}` },
  };
  return `${JSON.stringify(own, undefined, 2).replaceAll(`@org/${modelSlug}-client`, `@org/${slug}-client`)}\n`;
}

function test(slug: string): string {
  const Vendor = pascalCase(slug);
  const members = [`createClient: create${Vendor}Client`, `createTokenCache: create${Vendor}TokenCache`];
  return `import { testVendor } from "@org/conformance";
import { create${Vendor}Client, create${Vendor}TokenCache } from "./generated/index.ts";

testVendor("${slug}", { ${members.join(", ")} });
`;
}

function readme({ slug, title }: Answers): string {
  const Vendor = pascalCase(slug);
  return `# @org/${slug}-client

Access tokens for ${title}: requested once, cached, shared by concurrent callers and renewed before they expire. Generated
from [our OpenAPI description](../../specs/${slug}/openapi.yaml) of the vendor's token endpoint.

\`\`\`sh
npm install @org/${slug}-client @org/auth-core
\`\`\`

Runs on Node.js 20.19 or later (with \`import\` or \`require\`), Bun, Deno and workers. Use it on a server: its credentials are confidential, and bundled for a browser
it throws when it is imported. \`@org/${slug}-client/openapi.yaml\` is the description that this version was generated from.

<!-- usage --><!-- /usage -->

\`create${Vendor}Client()\` is the bare [openapi-fetch](https://openapi-ts.dev/openapi-fetch/) client, without a cache.
The options are those of openapi-fetch and of [the token cache](../auth-core/README.md).

A missing or empty credential, or an unknown option, throws a \`TypeError\` at construction. A refused request rejects with a \`TokenRequestError\`.
`;
}
