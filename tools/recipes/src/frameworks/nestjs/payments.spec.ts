import "reflect-metadata";
import { Test } from "@nestjs/testing";
import { createSandbox } from "@org/auth-sandbox";
import { createStonexTokenCache } from "@org/stonex-client";
import { PaymentsModule, PaymentsService } from "./payments.module.js";
import { STONEX_TOKENS } from "./tokens.module.js";

test("payments are made with one token", async () => {
  const sandbox = await createSandbox();
  const stonex = sandbox.vendor("stonex");
  const server = await sandbox.listen({ port: 0 });
  const tokens = createStonexTokenCache(stonex.credentials(), {
    baseUrl: `${server.url}/stonex`,
  });

  const module = await Test.createTestingModule({
    imports: [PaymentsModule],
  })
    .overrideProvider(STONEX_TOKENS)
    .useValue(tokens)
    .compile();
  const payments = module.get(PaymentsService);

  expect(
    await Promise.all([payments.whoAmI(), payments.whoAmI()]),
  ).toEqual(["stonex", "stonex"]);
  expect(stonex.counts.tokenRequests).toBe(1);
  await server.close();
});
