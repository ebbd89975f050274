import { describe, expect, it } from "vitest";
import { withInstallTabs } from "./install-tabs.ts";

describe("a block that installs packages", () => {
  it("is shown for four package managers", () => {
    expect(withInstallTabs("```sh\nnpm init -y\nnpm install @org/a b # or c\n```\n")).toBe(
      [
        "::: code-group",
        "```sh [npm]\nnpm init -y\nnpm install @org/a b # or c\n```\n",
        "```sh [pnpm]\npnpm init\npnpm add @org/a b # or c\n```\n",
        "```sh [yarn]\nyarn init -y\nyarn add @org/a b # or c\n```\n",
        "```sh [bun]\nbun init -y --minimal\nbun add @org/a b # or c\n```\n:::\n",
      ].join("\n"),
    );
  });

  it("says that a package is for development in each manager's way", () => {
    const tabs = withInstallTabs("```sh\nnpm install --save-dev a\n```");
    expect(tabs.match(/^\w+ (?:install|add).*$/gm)).toEqual([
      "npm install --save-dev a",
      "pnpm add --save-dev a",
      "yarn add --dev a",
      "bun add --dev a",
    ]);
  });

  it("is distinguished from a block that does something else", () => {
    const other = "```sh\nnpx auth-sandbox --port 4010\n```\n\ntext\n\n```sh\nnpm test\n```\n";
    expect(withInstallTabs(other)).toBe(other);
  });
});
