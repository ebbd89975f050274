const { createSandbox } = require("@org/auth-sandbox");
const { createStonexTokenCache } = require("@org/stonex-client");

// As the program has it, in a module of its own.
const tokens = createStonexTokenCache(
  () => ({
    clientId: process.env.STONEX_CLIENT_ID,
    clientSecret: process.env.STONEX_CLIENT_SECRET,
  }),
  { server: "sandbox" },
);

afterEach(() => jest.restoreAllMocks());

test("the token cache sees the mocked fetch", async () => {
  const sandbox = await createSandbox();
  const stonex = sandbox.vendor("stonex");
  const { clientId, clientSecret } = stonex.credentials();
  jest.replaceProperty(process, "env", {
    STONEX_CLIENT_ID: clientId,
    STONEX_CLIENT_SECRET: clientSecret,
  });
  jest.spyOn(globalThis, "fetch").mockImplementation(sandbox.fetch);

  await Promise.all([tokens.getToken(), tokens.getToken()]);
  expect(stonex.counts.tokenRequests).toBe(1);
});
