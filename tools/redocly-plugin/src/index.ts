import type { Rule } from "./rule.ts";
import { credentialShape } from "./rules/credential-shape.ts";
import { errorMapped } from "./rules/error-mapped.ts";
import { errorShape } from "./rules/error-shape.ts";
import { expressionResolves } from "./rules/expression-resolves.ts";
import { extensionPlace } from "./rules/extension-place.ts";
import { grantShape } from "./rules/grant-shape.ts";
import { noLiveCredential } from "./rules/no-live-credential.ts";
import { operationPerGrant } from "./rules/operation-per-grant.ts";
import { operationSecurity } from "./rules/operation-security.ts";
import { responseShape } from "./rules/response-shape.ts";
import { secretFormat } from "./rules/secret-format.ts";
import { serverName } from "./rules/server-name.ts";

/** A plugin as Redocly loads it. */
export interface TokensPlugin {
  readonly id: string;
  readonly rules: { readonly oas3: Readonly<Record<string, Rule>> };
}

const RULES = {
  "credential-shape": credentialShape,
  "error-mapped": errorMapped,
  "error-shape": errorShape,
  "expression-resolves": expressionResolves,
  "extension-place": extensionPlace,
  "grant-shape": grantShape,
  "no-live-credential": noLiveCredential,
  "operation-per-grant": operationPerGrant,
  "operation-security": operationSecurity,
  "response-shape": responseShape,
  "secret-format": secretFormat,
  "server-name": serverName,
};

/**
 * Redocly rules for what specifications say about token endpoints. In `redocly.yaml` their names start with `tokens/`.
 *
 * @see {@link https://redocly.com/docs/cli/custom-plugins Redocly, custom plugins}
 */
export default function tokensPlugin(): TokensPlugin {
  return { id: "tokens", rules: { oas3: RULES } };
}
