import { type Command, OPTIONS, type OptionName, shownOptions } from "../command-line.ts";
import { unknown } from "../problem.ts";
import { bundledVendors } from "../target.ts";

/**
 * A script that completes command lines.
 *
 * @throws {Problem} for a shell that is not bash or zsh.
 */
export function completionScript(shell: string, commands: readonly Command[]): string {
  if (shell !== "bash" && shell !== "zsh") throw unknown("shell", shell, ["bash", "zsh"]);
  const script = bashScript(commands);
  // zsh can run bash's completion functions.
  return shell === "bash" ? script : `autoload -U +X bashcompinit && bashcompinit\n${script}`;
}

function bashScript(commands: readonly Command[]): string {
  const names = commands.map(({ name }) => name);
  const options = commands.map(
    (command) => `    ${command.name}) options="${shownOptions(command).join(" ")}" ;;`,
  );
  const all = [...new Set(commands.flatMap((command) => command.options))];
  const withValue = all
    .filter((name) => OPTIONS[name].value && !FILES.includes(name))
    .map((name) => `--${name}`);
  return `_vendor_token() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" options=""
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${[...names, "--help", "--version"].join(" ")}" -- "$current"))
    return
  fi
  case "$previous" in
    ${FILES.map((name) => `--${name}`).join("|")}) COMPREPLY=($(compgen -f -- "$current")); return ;;
    ${withValue.join("|")}) return ;;
  esac
  case "\${COMP_WORDS[1]}" in
${options.join("\n")}
  esac
  case "\${COMP_WORDS[1]}:$current" in
    *:-*) COMPREPLY=($(compgen -W "$options" -- "$current")) ;;
    completion:*) COMPREPLY=($(compgen -W "bash zsh" -- "$current")) ;;
    status:*) ;;
    *) COMPREPLY=($(compgen -W "${bundledVendors().join(" ")}" -- "$current") $(compgen -f -- "$current")) ;;
  esac
}
complete -F _vendor_token vendor-token`;
}

/** Options whose value is a file. */
const FILES: readonly OptionName[] = ["credentials-file"];
