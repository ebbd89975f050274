import { expect, it } from "vitest";
import { createLedger } from "./ledger.ts";

const family = () => ({ revoked: false });

it("forgets tokens that ended long ago, and no others", () => {
  let now = 0;
  const ledger = createLedger(() => now);
  const issue = (token: string) =>
    ledger.issue(token, { grant: "g", family: family(), expiresAt: now + 1000 });
  issue("early");
  now = 5000;
  expect(ledger.find("early")).toBe("expired");
  for (let index = 1; index < 1000; index++) issue(`late ${index}`);
  expect(ledger.find("early")).toBe("unknown");
  expect(ledger.revokeAll()).toBe(999);
});

it("keeps an exchangeable secret for its own client", () => {
  const ledger = createLedger(() => 0);
  ledger.addExchangeable("secret", { clientId: "a", family: family() });
  expect(ledger.exchange("secret", "b")).toBe("unknown");
  expect(ledger.exchange("secret", "a")).toMatchObject({ clientId: "a" });
});
