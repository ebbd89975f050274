test("the sandbox runs in the same process", async () => {
  const { createSandbox } = require("@org/auth-sandbox");
  const { fetch, vendors } = await createSandbox();
  for (const { baseUrl } of Object.values(vendors))
    expect((await fetch(`${baseUrl}/whoami`)).status).toBe(401);
});
