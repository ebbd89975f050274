import { type Rule as Id, RULES } from "@org/auth-spec";
import { noLiveCredential } from "./no-live-credential.ts";
import { problemRule, type Rule } from "./rule.ts";

/** A plugin as Redocly loads it. */
export interface TokensPlugin {
  readonly id: string;
  readonly rules: { readonly oas3: Readonly<Record<string, Rule>> };
}

/**
 * Redocly rules for what specifications say about token endpoints. In `redocly.yaml` their names start with `tokens/`.
 *
 * @see {@link https://redocly.com/docs/cli/custom-plugins Redocly, custom plugins}
 */
export default function tokensPlugin(): TokensPlugin {
  const rules = Object.keys(RULES).map((id) => [id, problemRule(id as Id)] as const);
  return {
    id: "tokens",
    rules: { oas3: { ...Object.fromEntries(rules), "no-live-credential": noLiveCredential } },
  };
}
