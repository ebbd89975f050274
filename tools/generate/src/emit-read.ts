import type { Holder, Reading, Readings } from "./readings.ts";
import type { Constant } from "./runtime-expression.ts";
import { access, list, quoted } from "./source-text.ts";

/** Extension member -> member of `TokenMembers`. */
const RESPONSE: Readonly<Record<string, string>> = {
  access_token: "accessToken",
  token_type: "tokenType",
  expires_in: "expiresIn",
  expires_at: "expiresAt",
  scope: "scope",
  refresh_token: "refreshToken",
};

/** The `readToken` of a token endpoint. */
export function emitReadToken({ mapping, holders }: Reading): string {
  const main = holders.find(({ members }) => members.has("access_token"));
  const lines = holders.map((holder) => {
    const check = `    if (!is${holder.name}(${variableOf(holder)})) return undefined;\n`;
    return `${emitFind(holder, "    ")}${holder === main ? check : ""}`;
  });
  const members = Object.entries(mapping).map(([name, expression]) => {
    // A constant lifetime is what an answer that states none means.
    const constant = name === "expires_in" ? "defaultExpiresIn" : RESPONSE[name];
    if (expression.kind === "constant") return `      ${constant}: ${emitConstant(expression)},\n`;
    return `      ${RESPONSE[name]}: ${emitValue(holders, name, (holder) => holder === main)},\n`;
  });
  return `  readToken(body) {\n${lines.join("")}    return {\n${members.join("")}    };\n  },\n`;
}

/** The `readError` of a token endpoint. */
export function emitReadErrors(errors: Readings["errors"]): string {
  if (errors.length === 0) return "  readError: () => undefined,\n";
  const usesStatus = errors.some(({ statuses }) => conditionOf(statuses) !== undefined);
  const usesBody = errors.some(({ alternatives }) => alternatives.some(({ holders }) => holders.length > 0));
  const parameters = `${usesStatus ? "status" : "_status"}, ${usesBody ? "body" : "_body"}`;
  const statements = errors.map(({ statuses, alternatives }) => {
    const condition = conditionOf(statuses);
    if (condition === undefined) return emitAlternatives(alternatives, "    ");
    return `    if (${condition}) {\n${emitAlternatives(alternatives, "      ")}    }\n`;
  });
  return `  readError(${parameters}) {\n${statements.join("")}    return undefined;\n  },\n`;
}

function emitAlternatives(alternatives: readonly Reading[], indent: string): string {
  const known = new Set<string>();
  return alternatives
    .map(({ mapping, holders }) => {
      const fresh = holders.filter((holder) => !known.has(variableOf(holder)));
      for (const holder of fresh) known.add(variableOf(holder));
      const finds = fresh.map((holder) => emitFind(holder, indent)).join("");
      const members = Object.entries(mapping).map(([name, expression]) => {
        const value =
          expression.kind === "constant"
            ? emitConstant(expression)
            : emitValue(holders, name, () => holders.length === 1);
        return `${name}: ${value}`;
      });
      const guard = holders.map(emitGuard).join(" || ");
      return `${finds}${list(`${indent}${guard && `if (${guard}) `}return {`, members, "};")}`;
    })
    .join("");
}

/** Which statuses are meant; nothing for `default`, which is all that are left. */
function conditionOf(statuses: readonly string[]): string | undefined {
  if (statuses.includes("default")) return undefined;
  const one = (status: string) => {
    const first = Number(status.replace("XX", "00"));
    return status.endsWith("XX") ? `(status >= ${first} && status < ${first + 100})` : `status === ${status}`;
  };
  const conditions = statuses.map(one).join(" || ");
  return statuses.length === 1 ? conditions.replace(/^\((.*)\)$/, "$1") : conditions;
}

function emitFind(holder: Holder, indent: string): string {
  return holder.finder ? `${indent}const ${holder.finder.variable} = ${holder.finder.name}(body);\n` : "";
}

function emitGuard(holder: Holder): string {
  return `is${holder.name}(${variableOf(holder)})`;
}

/** The expression that reads a member, guarded unless its holder is known to be there. */
function emitValue(holders: readonly Holder[], name: string, isThere: (holder: Holder) => boolean): string {
  for (const holder of holders) {
    const member = holder.members.get(name);
    if (!member) continue;
    const conditions = [
      ...(isThere(holder) ? [] : [emitGuard(holder)]),
      ...(member.always ? [] : [`${quoted(member.wire)} in ${variableOf(holder)}`]),
    ];
    const value = access(variableOf(holder), member.wire);
    return conditions.length === 0 ? value : `${conditions.join(" && ")} ? ${value} : undefined`;
  }
  throw new Error(`nothing holds ${name}`);
}

function variableOf({ finder }: Holder): string {
  return finder?.variable ?? "body";
}

function emitConstant({ value }: Constant): string {
  return typeof value === "string" ? quoted(value) : String(value);
}
