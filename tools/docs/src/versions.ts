import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { places } from "./places.ts";
import type { PublicPackage } from "./public-packages.ts";

/** The packages with their versions, what the next release brings, and the changelogs of those before, as Markdown. */
export function versionsAndChanges(packages: readonly PublicPackage[]): string {
  return [packageTable(packages), unreleased(), ...packages.map(changelog)].filter(Boolean).join("\n");
}

/** What each package is, its version and its page in the API reference. */
export function packageTable(packages: readonly PublicPackage[], api = "./api/"): string {
  const rows = packages.map(({ name, version, description, entries }) => {
    const pages = entries.map((entry) => `[\`${entry.name}\`](${api}${entry.page}.md)`).join("<br>");
    return `| ${pages || `\`${name}\``} | ${version} | ${description} |\n`;
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
function changelog({ name, folder }: PublicPackage): string {
  const file = join(places.repository, folder, "CHANGELOG.md");
  if (!existsSync(file)) return "";
  const text = readFileSync(file, "utf8").replace(/^# .*\n/, "");
  return `## ${name}\n${text.replace(/^#(?=#)/gm, "##")}`;
}
