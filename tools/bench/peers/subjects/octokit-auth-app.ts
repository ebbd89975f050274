import { generateKeyPairSync } from "node:crypto";
import { createAppAuth } from "@octokit/auth-app";
import { request } from "@octokit/request";
import type { CreateClient } from "../../src/subjects.ts";

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
/** One line from the middle of the key. */
const MARKER = privateKey.split("\n")[5] ?? "";

export const create: CreateClient = ({ url }) => {
  const quiet = { debug() {}, info() {}, warn() {}, error() {} };
  const send = request.defaults({ baseUrl: url, request: { log: quiet } });
  const auth = createAppAuth({ appId: 1, privateKey, installationId: 1, request: send, log: quiet });
  const authorized = send.defaults({ request: { hook: auth.hook } });
  return {
    getToken: async () => (await auth({ type: "installation" })).token,
    cached: () => auth({ type: "installation" }),
    request: (sendBy) => {
      const over = authorized.defaults({ request: { fetch: sendBy } });
      return (target) => over(`GET ${target}`);
    },
    holder: auth,
    secrets: [MARKER],
  };
};
