import { createSandbox } from "@org/auth-sandbox";
import { afterAll, beforeEach } from "vitest";

/** StoneX's sandbox over HTTP on loopback, with what a recipe reads of it in the environment. */
export async function sandboxApi() {
  const sandbox = await createSandbox();
  const stonex = sandbox.vendor("stonex");
  const server = await sandbox.listen({ port: 0 });
  const { clientId, clientSecret } = stonex.credentials();
  const before = { ...process.env };
  Object.assign(process.env, {
    STONEX_URL: `${server.url}/stonex`,
    STONEX_CLIENT_ID: clientId,
    STONEX_CLIENT_SECRET: clientSecret,
  });
  afterAll(async () => {
    process.env = before;
    await server.close();
  });
  beforeEach(() => {
    stonex.clearFaults();
    stonex.resetCounts();
  });
  return { stonex };
}
