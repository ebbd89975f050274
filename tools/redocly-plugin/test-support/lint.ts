import { createConfig, lintFromString } from "@redocly/openapi-core";
import tokensPlugin from "../src/index.ts";

/** A problem that the plugin reports. */
export interface LintProblem {
  /** Such as `"server-shape"`. */
  readonly rule: string;
  /** Such as `"#/servers/0"`: the nearest place that exists. */
  readonly pointer: string | undefined;
  readonly message: string;
}

/** What all rules of the plugin say about a description in YAML or JSON, for tests. */
export async function lint(source: string): Promise<LintProblem[]> {
  const plugin = tokensPlugin();
  const rules = Object.fromEntries(
    Object.keys(plugin.rules.oas3).map((id) => [`tokens/${id}`, "error" as const]),
  );
  const config = await createConfig({ plugins: [plugin], rules });
  const problems = await lintFromString({ source, absoluteRef: "openapi.yaml", config });
  return problems.map(({ ruleId, location: [place], message }) => ({
    rule: ruleId.replace("tokens/", ""),
    pointer: place?.pointer,
    message,
  }));
}
