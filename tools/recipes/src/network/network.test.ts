import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { isOpensslInstalled } from "../../test-support/certificates.ts";
import { startNetwork } from "../../test-support/network.ts";

const network = isOpensslInstalled() ? await startNetwork() : undefined;
const { clients = [], tunnels = [], certificates } = network ?? {};
const { mtls = {}, proxy = {} } = network?.environment ?? {};
afterAll(() => network?.close());
beforeEach(() => {
  clients.length = 0;
  tunnels.length = 0;
});

const run = promisify(execFile);
const RUNNER = join(
  import.meta.dirname,
  "../../test-support/who-am-i.mjs",
);

/** Runs a recipe in a process of its own, as certificates and proxies in the environment want it. */
async function whoAmI(
  recipe: string,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const file = join(import.meta.dirname, `${recipe}.ts`);
  const { stdout } = await run(process.execPath, [RUNNER, file], {
    env: { ...process.env, ...env },
  });
  return stdout.trim();
}

describe.skipIf(!network)("the recipe for mutual TLS on Node.js", () => {
  it("presents its certificate with the token request and with the call", async () => {
    expect(await whoAmI("mtls-node", mtls)).toBe("stonex");
    expect(clients).toEqual(["client", "client"]);
  });

  it("is refused with another authority's certificate", async () => {
    const { certificate = "", key = "" } = certificates?.stranger ?? {};
    const env = { ...mtls, CERTIFICATE_FILE: certificate, KEY_FILE: key };
    await expect(whoAmI("mtls-node", env)).rejects.toThrow(
      /no response from POST https:\/\/localhost/,
    );
    expect(clients).toEqual([]);
  });

  it("makes the difference: without a certificate no request gets through", async () => {
    const env = { ...mtls, NODE_EXTRA_CA_CERTS: String(mtls.CA_FILE) };
    const refused = whoAmI("../http/openapi-fetch", env);
    await expect(refused).rejects.toThrow(
      /no response from POST https:\/\/localhost/,
    );
  });
});

describe.skipIf(!network)("the recipe for a proxy on Node.js", () => {
  it("sends the token request and the call through the proxy", async () => {
    expect(await whoAmI("proxy-node", proxy)).toBe("stonex");
    expect(new Set(tunnels)).toEqual(new Set(["stonex.test:443"]));
  });

  it("needs no code if Node.js is told to obey HTTPS_PROXY", async () => {
    const { PROXY_URL = "", ...env } = proxy;
    const told = {
      ...env,
      NODE_USE_ENV_PROXY: "1",
      HTTPS_PROXY: PROXY_URL,
      NO_PROXY: "",
    };
    expect(await whoAmI("../http/openapi-fetch", told)).toBe("stonex");
    expect(new Set(tunnels)).toEqual(new Set(["stonex.test:443"]));
  });
});
