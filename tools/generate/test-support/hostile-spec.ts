import { AT, acme, json, object, SECRET, TEXT } from "@org/acme-spec";

/** Text that would like to be code, wherever it lands. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: this is what must not become code
export const HOSTILE: string = "*/ export const hacked = 1; /* `${hacked}` \"'\\ \u2028 \r\n// @ts-ignore";

/** A specification in which everything that the vendor names or describes is an attempt to become code, for tests. */
export function hostile(): object {
  const credential = (name: string) => ({ ...TEXT, description: HOSTILE, "x-credential": name });
  const properties = {
    [HOSTILE]: { ...credential("first"), default: HOSTILE },
    ["__proto__"]: credential("class"),
    constructor: credential("constructor"),
    quoted: { const: HOSTILE },
  };
  const changes = {
    "/info": { title: HOSTILE, version: "1", description: HOSTILE },
    [`${AT.server}/description`]: HOSTILE,
    [`${AT.operation}/description`]: HOSTILE,
    [AT.request]: object(properties, HOSTILE, "__proto__", "constructor", "quoted"),
    [AT.response]: object({ [HOSTILE]: object({ access_token: SECRET }, "access_token") }, HOSTILE),
    [`${AT.success}/x-token-response`]: {
      access_token: `$response.body#/${HOSTILE.replaceAll("/", "~1")}/access_token`,
      token_type: HOSTILE,
    },
    [`${AT.responses}/401`]: json(object({ ["__proto__"]: TEXT }), {
      "x-token-error": { code: "$response.body#/__proto__", reason: HOSTILE },
    }),
  };
  const document = acme(...Object.entries(changes));
  const { "/token": item } = document.paths as Record<string, unknown>;
  // Braces in a path would name a parameter.
  return { ...document, paths: { [`/${HOSTILE.replaceAll(/[{}]/g, "")}`]: item } };
}
