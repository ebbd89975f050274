import { readFileSync } from "node:fs";
import { join } from "node:path";
import { credentialsOf, type Grant, type RequestMember, type TokenOperation } from "@org/auth-spec";
import { sampleServer, usages } from "@org/generate/usage-example";
import { placeWords } from "@org/generate/vendor-tables";
import { NO_HOST } from "@org/generate/wire";
import { factsOf } from "./comparison.ts";
import { section } from "./excerpts.ts";
import { httpSamples } from "./http-samples.ts";
import { escapeHtml, markdownTable, markdownText } from "./markup.ts";
import { places } from "./places.ts";
import { errorTable } from "./vendor-errors.ts";
import { referenceUrl, type VendorPage } from "./vendors.ts";

/** A vendor's page in Markdown: everything that its specification says, and what its package's README adds. */
export async function vendorPage(page: VendorPage): Promise<string> {
  const { vendor, name, summary, version, operations } = page;
  const readme = readFileSync(join(places.repository, page.client, "README.md"), "utf8");
  const grants = operations.flatMap((operation) => operation.grants.map((grant) => ({ operation, grant })));
  const samples = usages(page);
  const several = grants.length > 1;
  const parts = [
    `# ${markdownText(name)}`,
    markdownText(summary),
    factList(operations),
    `<a href="../${referenceUrl(page)}" target="_self">Reference</a>, in which each member of request and response is described · <a href="../specs/${vendor}/openapi.yaml" target="_self" download="${vendor}-${escapeHtml(version)}.yaml">OpenAPI ${escapeHtml(version)}</a>`,
    "## Install",
    `\`\`\`sh\nnpm install @org/${vendor}-client @org/auth-core\n\`\`\``,
    "## Credentials",
    `What a program passes to \`@org/${vendor}-client\`, and what the vendor calls it.${several ? " Each grant has its own." : ""}`,
    ...grants.flatMap(({ operation, grant }) => [
      ...(several ? [`### \`${grant.name}\` {#credentials-${slug(grant)}}`] : []),
      credentialTable(operation, grant),
    ]),
    "## Get a token",
    whereSamplesGo(page),
  ];
  for (const [index, { operation, grant }] of grants.entries()) {
    if (several) parts.push(`### \`${grant.name}\` {#${slug(grant)}}`, markdownText(grant.description));
    parts.push(`\`\`\`ts\n${samples[index]?.text}\`\`\``, await otherLanguages(operation, grant));
  }
  parts.push(...peculiarities(readme, vendor), "## Errors");
  for (const operation of operations) parts.push(await errorTable(page.document, operation));
  parts.push(
    "The vendor's words are in `vendorCode`, `vendorReason` and `vendorMessage` of the error. [Errors](../errors.md#codes) lists what else can happen.",
    "## Servers",
    ...operations.map(serverTable),
  );
  const head = `---\ntitle: ${JSON.stringify(name)}\ndescription: ${JSON.stringify(summary)}\npageClass: vendor-page\n---\n`;
  return `${head}\n${parts.join("\n\n")}\n`;
}

/** How this vendor differs from others, except for what has its own section. */
function factList(operations: readonly TokenOperation[]): string {
  const told = ["Credentials go in", "Error body", "Hosts"];
  return factsOf(operations)
    .filter(([heading]) => !told.includes(heading))
    .map(([heading, paragraphs]) => `- **${heading}**: ${paragraphs.map(markdownText).join(", ")}\n`)
    .join("");
}

function credentialTable(operation: TokenOperation, grant: Grant): string {
  const words = placeWords(operation);
  const sentAs = (member: RequestMember) => {
    const isNamed = member.in !== "basic" && member.in !== "authorization";
    const place = words[member.in].replace(/s$/, "");
    return isNamed ? `\`${member.path.join(".")}\` (${place})` : place;
  };
  const rows = credentialsOf(grant).map(({ name, required, description, default: preset }) => {
    const members = grant.members.filter(({ credential }) => credential?.name === name);
    const need = required ? "" : preset === undefined ? "Optional. " : `Optional, default \`${preset}\`. `;
    return [`\`${name}\``, members.map(sentAs).join(", "), need + markdownText(description)];
  });
  return markdownTable(["In code", "On the wire", "Meaning"], rows);
}

function whereSamplesGo({ vendor, name, operations }: VendorPage): string {
  const [operation] = operations;
  const server = operation && sampleServer(operation);
  const production = operation?.servers[0];
  const local = `[our sandbox](../sandbox.md), which has this vendor at \`http://127.0.0.1:4010/${vendor}\``;
  if (server)
    return `The samples go to the vendor's \`${server.name}\`, \`${server.url}\`. To try them without credentials, set \`baseUrl\` to ${local}.`;
  const placeholder = `\`${NO_HOST}\` stands for the host.`;
  if (!production)
    return `The vendor publishes no host. Set \`baseUrl\` to yours, or to ${local}. ${placeholder}`;
  return `${markdownText(name)} names no sandbox, so no sample goes to its host. Set \`baseUrl\` to ${local}; without \`baseUrl\`, requests go to \`${production.name}\`. ${placeholder}`;
}

/** The request without our packages, in the languages of vendors' pages; in each media type that the vendor takes. */
async function otherLanguages(operation: TokenOperation, grant: Grant): Promise<string> {
  const hasBody = grant.members.some((member) => member.in === "body");
  const types = hasBody ? operation.mediaTypes : operation.mediaTypes.slice(0, 1);
  const groups: string[] = [];
  for (const mediaType of types) {
    const samples = await httpSamples(operation, grant, { mediaType });
    const body = mediaType === "application/json" ? "JSON" : "a form";
    groups.push(
      `The same request in other languages${types.length > 1 ? `, its body as ${body}` : ""}:`,
      codeGroup(samples),
    );
  }
  return groups.join("\n\n");
}

/** Blocks of code as tabs. */
function codeGroup(samples: Awaited<ReturnType<typeof httpSamples>>): string {
  const blocks = samples.map(
    ({ language, fence, source }) => `\`\`\`${fence} [${language}]\n${source}\`\`\`\n`,
  );
  return `::: code-group\n\n${blocks.join("\n")}\n:::\n`;
}

function serverTable({ servers }: TokenOperation): string {
  if (servers.length === 0)
    return "The vendor publishes no host. Pass `baseUrl`, the URL below which its paths lie.";
  const rows = servers.map(({ name, url, description, variables }) => {
    const open = variables.map((variable) => `\`${variable.name}\``).join(", ");
    return [`\`${name}\``, `\`${url}\``, markdownText(description) + (open && ` Variables: ${open}.`)];
  });
  return markdownTable(["`server`", "URL", "Meaning"], rows);
}

/** What people wrote about the vendor besides its specification. */
function peculiarities(readme: string, vendor: string): string[] {
  const heading = "Peculiar about this vendor";
  return readme.includes(`## ${heading}\n`) ? [section(readme, heading, `${vendor}-client/README.md`)] : [];
}

function slug({ name }: Grant): string {
  return name.replaceAll(/[^a-z0-9]+/g, "-");
}
