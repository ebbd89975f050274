import { check } from "../check/check.ts";
import type { Command, CommandLine } from "../command-line.ts";
import { explained, Problem } from "../problem.ts";
import { readTarget } from "../target.ts";
import { print } from "../terminal.ts";
import { type VendorTokens, vendorTokens } from "../vendor-tokens.ts";
import { completionScript } from "./completion.ts";
import { curl } from "./curl.ts";
import { get } from "./get.ts";
import { forget, status } from "./status.ts";

const WHERE = ["server", "base-url", "variable", "grant"] as const;
const CREDENTIALS = ["credentials-file", "credentials-command"] as const;

/** All commands, in the order in which the help lists them. */
export const COMMANDS: readonly Command[] = [
  {
    name: "get",
    operands: ["vendor|spec.yaml"],
    options: [...WHERE, "profile", ...CREDENTIALS, "json", "header", "force", "help"],
    summary: "print a valid access token, cached or new",
    examples: [
      "vendor-token get stonex --server sandbox",
      "vendor-token get stonex --server sandbox --header | curl -H @- https://api.sandbox.payments.stonex.com/...",
      "vendor-token get ./acme.yaml --variable tenant=shop --json",
      'vendor-token get contit --grant api_key --credentials-command "op read op://team/contit/json"',
    ],
    run: (line) => withTokens(line, (tokens) => get(tokens, line)),
  },
  {
    name: "curl",
    operands: ["vendor|spec.yaml", "url"],
    rest: "curl options",
    options: [...WHERE, "profile", ...CREDENTIALS, "help"],
    summary: "make an authorized request with curl, which never shows the token to other processes",
    examples: [
      "vendor-token curl stonex --server sandbox https://api.sandbox.payments.stonex.com/... -sS",
      "vendor-token curl ./acme.yaml https://api.acme.example/orders --json @- < order.json",
    ],
    run: (line) => withTokens(line, (tokens) => curl(tokens, line)),
  },
  {
    name: "status",
    operands: [],
    options: ["json", "help"],
    summary: "list what is cached, until when and where",
    examples: ["vendor-token status", "vendor-token status --json"],
    run: status,
  },
  {
    name: "forget",
    operands: ["vendor|spec.yaml"],
    options: ["profile", "help"],
    summary: "remove what is cached for a vendor; the vendor is not told",
    examples: ["vendor-token forget stonex", "vendor-token forget stonex --profile eu"],
    run: async (line) => forget(line),
  },
  {
    name: "check",
    operands: ["vendor|spec.yaml"],
    options: [...WHERE, ...CREDENTIALS, "json", "help"],
    summary: "request a token once and compare the response with the specification; nothing is cached",
    examples: ["vendor-token check stonex --server sandbox", "vendor-token check ./acme.yaml --json"],
    run: async (line) => check(await readTarget(line.operands[0] ?? "", line), line),
  },
  {
    name: "completion",
    operands: ["bash|zsh"],
    options: ["help"],
    summary: "print a script that completes commands, options and vendors in a shell",
    examples: [
      "source <(vendor-token completion bash)    # in ~/.bashrc",
      "source <(vendor-token completion zsh)     # in ~/.zshrc, after compinit",
    ],
    run: async (line) => print(completionScript(line.operands[0] ?? "", COMMANDS)),
  },
];

/** Uses the tokens that a command line asks for; a failure says where the credentials came from. */
async function withTokens<Result>(
  line: CommandLine,
  use: (tokens: VendorTokens) => Promise<Result>,
): Promise<Result> {
  const tokens = vendorTokens(await readTarget(line.operands[0] ?? "", line), line);
  try {
    return await use(tokens);
  } catch (error) {
    const { text, code } = explained(error, tokens.source);
    throw new Problem(text, code);
  }
}
