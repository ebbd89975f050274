import { children, nodeAt, root, step } from "@org/generate/spec";
import { type Finding, type Rule, rule } from "../rule.ts";

/** Servers are told apart by `x-name`; one that is just `{baseUrl}`, alone, needs none. */
export const serverName: Rule = rule((spec) => {
  const servers = children(step(root(spec), "servers")).map(([, server]) => server);
  if (servers.length === 1 && servers.every((server) => nodeAt(server).url === "{baseUrl}")) return [];
  const taken = new Set<unknown>();
  return servers.flatMap((server): Finding[] => {
    const { pointer, value } = step(server, "x-name");
    if (typeof value !== "string" || !/^[a-z][a-z0-9-]*$/.test(value)) {
      return [{ pointer, message: 'A server must have an x-name in lower case, such as "sandbox".' }];
    }
    if (taken.has(value)) return [{ pointer, message: `Another server has the x-name ${value} already.` }];
    taken.add(value);
    return [];
  });
});
