import { spawnSync } from "node:child_process";
import { listVendors } from "@org/vendors";
import { describe, expect, it } from "vitest";
import { openShell } from "../../test-support/shell.ts";
import { COMMANDS } from "./commands.ts";

const VENDORS = listVendors().map(({ slug }) => slug);
const isMissing = spawnSync("zsh", ["--version"]).error !== undefined;
if (isMissing) console.log("zsh is not installed: its completion is not tested");

describe.skipIf(process.platform === "win32")("completion", () => {
  /** What bash offers for the last of these words. */
  async function offered(...words: string[]): Promise<string[]> {
    const shell = openShell();
    shell.write("acme.yaml", "");
    const script = `source <(vendor-token completion bash)
COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")}) COMP_CWORD=${words.length - 1}
_vendor_token; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { out, err } = await shell.bash(script);
    expect(err).toBe("");
    return out.split("\n").filter(Boolean);
  }

  it("is written quietly to a reader that has gone", async () => {
    const script = "(sleep 0.5; vendor-token completion bash; echo $? >&2) | true";
    expect(await openShell().bash(script)).toMatchObject({ err: "0\n" });
  });

  it("offers commands, then vendors and files, then what the command takes", async () => {
    const names = COMMANDS.map(({ name }) => name);
    expect(await offered("vendor-token", "")).toEqual([...names, "--help", "--version"]);
    expect(await offered("vendor-token", "c")).toEqual(names.filter((name) => name.startsWith("c")));
    expect((await offered("vendor-token", "get", "")).sort()).toEqual(
      [...VENDORS, "acme.yaml", "bin"].sort(),
    );
    expect(await offered("vendor-token", "get", "sto")).toEqual(["stonex"]);
    expect(await offered("vendor-token", "forget", "stonex", "--")).toEqual(["--profile", "--help"]);
    expect(await offered("vendor-token", "get", "--credentials-f")).toEqual(["--credentials-file"]);
    expect(await offered("vendor-token", "get", "--credentials-file", "ac")).toEqual(["acme.yaml"]);
    expect(await offered("vendor-token", "get", "--profile", "")).toEqual([]);
    expect(await offered("vendor-token", "completion", "")).toEqual(["bash", "zsh"]);
  });

  it.skipIf(isMissing && !process.env.CI)("completes in a real zsh", async () => {
    const shell = openShell();
    const script = `zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'PS1= ; autoload -U compinit; compinit -u -D; source <(vendor-token completion zsh); echo RE""ADY'
zpty -r shell line '*READY*'
zpty -w -n shell $'vendor-token chec\\tsto\\t--js\\t'
zpty -r shell line '*check*stonex*--json*' && print completed
zpty -d shell`;
    shell.write("complete.zsh", script);
    expect((await shell.bash("timeout 20 zsh -f complete.zsh")).out).toContain("completed\n");
  });
});
