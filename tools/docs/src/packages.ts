import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type PublishedPackage, publishedPackages } from "@org/vendors";
import { places } from "./places.ts";

/** The packages that are published: first those that know no vendor, then the clients, each by name. */
export function publicPackages(): PublishedPackage[] {
  const isClient = ({ name }: PublishedPackage) => name.endsWith("-client");
  return publishedPackages().sort((one, other) => Number(isClient(one)) - Number(isClient(other)));
}

/** What a program can import, such as `"@org/auth-core/store"`: its source, and its page in the API reference. */
export function publicEntries(packages: readonly PublishedPackage[] = publicPackages()) {
  return packages.flatMap(({ name: packageName, folder, exports }) =>
    Object.entries(exports).flatMap(([path, target]) => {
      if (typeof target === "string") return [];
      const name = `${packageName}${path.slice(1)}`;
      const source = target.import.types.replace("/dist/", "/src/").replace(/\.d\.ts$/, ".ts");
      return {
        name,
        source: join(places.repository, folder, source),
        page: name.replace("@org/", "").replaceAll("/", "-"),
      };
    }),
  );
}

/** The packages with their versions, what the next release brings, and the changelogs of those before, as Markdown. */
export function versionsAndChanges(): string {
  const packages = publicPackages();
  return [packageTable(), unreleased(), ...packages.map(changelog)].filter(Boolean).join("\n");
}

/** What each package is, its version and its page in the API reference. */
export function packageTable(api = "./api/"): string {
  const rows = publicPackages().map((one) => {
    const pages = publicEntries([one]).map((entry) => `[\`${entry.name}\`](${api}${entry.page}.md)`);
    return `| ${pages.join("<br>") || `\`${one.name}\``} | ${one.version} | ${one.description} |\n`;
  });
  return `| package | version | what it is |\n|---|---|---|\n${rows.join("")}`;
}

/** The changesets that no release has taken up. */
function unreleased(): string {
  const changes = globSync("*.md", { cwd: join(places.repository, ".changeset") })
    .filter((name) => name !== "README.md")
    .sort()
    .map((name) => readFileSync(join(places.repository, ".changeset", name), "utf8"))
    .map((text) => /^---\n(?<packages>[\s\S]*?)---\n(?<words>[\s\S]*)$/.exec(text)?.groups)
    .map((change) => {
      const names = [...(change?.packages ?? "").matchAll(/"@org\/([\w-]+)": (\w+)/g)];
      const which = names.map(([, name, bump]) => `${name} (${bump})`).join(", ");
      return `- **${which}.** ${change?.words?.trim().replaceAll("\n", "\n  ")}\n`;
    });
  return changes.length === 0 ? "" : `## Next release\n\n${changes.join("")}`;
}

/** A package's changelog, its headings one level lower. */
function changelog({ name, folder }: PublishedPackage): string {
  const file = join(places.repository, folder, "CHANGELOG.md");
  if (!existsSync(file)) return "";
  const text = readFileSync(file, "utf8").replace(/^# .*\n/, "");
  return `## ${name}\n${text.replace(/^#(?=#)/gm, "##")}`;
}
