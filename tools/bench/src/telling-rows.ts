import { label } from "./labels.ts";
import { bytes, number, table } from "./markdown.ts";
import type { Results } from "./results.ts";

const COLUMNS = [
  "ours",
  "google-auth-library",
  "azure-core-rest-pipeline",
  "azure-msal-node",
  "octokit-auth-app",
  "badgateway-oauth2-client",
  "smithy-memoize",
];

/** The ten rows that tell most, for the README. */
export function tellingRows(results: Results): string {
  const behaviour = (title: string, scenario: string) => [
    title,
    ...COLUMNS.map(
      (subject) =>
        results.behaviour?.result.find((cell) => cell.scenario === scenario && cell.subject === subject)
          ?.cell ?? "not run",
    ),
  ];
  const hotPath = (subject: string) => results["hot-path"]?.result.find((one) => one.subject === subject);
  const bundle = (subject: string) =>
    results.cost?.result.bundles.find((one) => one.subject === subject)?.node;
  const ratio = (subject: string) => {
    const value = hotPath(subject)?.cached?.ratio.median;
    return value === undefined ? "none" : `${number(value, value < 10 ? 1 : 0)} ×`;
  };
  const size = (subject: string) => {
    const value = bundle(subject);
    return typeof value === "number" ? bytes(value) : "none";
  };
  return table(
    ["", ...COLUMNS.map(label)],
    [
      behaviour("50 cold callers: token requests", "cold-callers"),
      behaviour("10 late 401s: renewals / calls left with a 401", "late-401s"),
      behaviour("20 calls with a bad secret: token requests", "bad-secret"),
      behaviour("503 for 60 s, token valid: errors / requests / unhandled rejections", "outage"),
      behaviour("first of two callers aborts: the second gets", "abort"),
      behaviour("rotated refresh token: renewals of 3 that succeed", "rotation"),
      behaviour("`expires_in: 0`: token requests in 4 calls; does it expire", "lifetime-0"),
      behaviour("places where a secret is printed", "leaks"),
      ["a cached call, times `await (async () => token)()`", ...COLUMNS.map(ratio)],
      ["bundle, min+gzip", ...COLUMNS.map(size)],
    ],
  );
}
