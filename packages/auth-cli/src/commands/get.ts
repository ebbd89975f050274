import { authorizedCall } from "../authorization.ts";
import type { CommandLine } from "../command-line.ts";
import { Problem } from "../problem.ts";
import { print } from "../terminal.ts";
import type { VendorTokens } from "../vendor-tokens.ts";

/** Prints the token: bare, as JSON, or as the headers that authorize a call. */
export async function get(tokens: VendorTokens, line: CommandLine): Promise<undefined> {
  if (line.has("json") && line.has("header")) throw new Problem("expected --json or --header, received both");
  const token = await tokens.getToken({ forceRenew: line.has("force") });
  if (line.has("json")) {
    const { accessToken, tokenType, expiresAt, scope } = token;
    return print(
      JSON.stringify({ accessToken, tokenType, expiresAt: new Date(expiresAt).toISOString(), scope }),
    );
  }
  if (!line.has("header")) return print(token.accessToken);
  const { headers } = await authorizedCall({ ...tokens, peek: () => token }, tokens.baseUrl);
  print(headers.map(([name, value]) => `${name}: ${value}`).join("\n"));
}
