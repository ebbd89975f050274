const HELP = `Usage: pnpm docs:build | pnpm docs:dev

  docs:build   writes the site to tools/docs/dist
  docs:dev     serves the site and reloads it when a guide, a
               specification or a doc comment changes

Settings, as environment variables:

  DOCS_BASE           where the site will be on its host, such as
                      /vendor-tokens/. Default: /
  DOCS_ORIGIN         that host, such as https://acme.example: pages
                      then name their own address, and there is a
                      sitemap. Default: no page names an address
  DOCS_REPOSITORY     where "Edit this page" leads, such as
                      https://github.com/acme/vendor-tokens
  DOCS_SPEC_HISTORY   true: adds the versions of the specifications
                      that exist only in git's history
`;

const [command, ...words] = process.argv.slice(2);

const isCommand = command === "build" || command === "prepare" || command === "dev";

if (words.includes("--help") || words.includes("-h")) process.stdout.write(HELP);
else if (isCommand) {
  // Imported here, so that the help above needs no build.
  const { buildSite, prepare, serveWhileEditing } = await import("./site.ts");
  const actions = { build: buildSite, prepare, dev: serveWhileEditing };
  await actions[command]();
} else {
  process.stderr.write(HELP);
  process.exitCode = 2;
}
