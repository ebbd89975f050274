import { describe, expect, it } from "vitest";
import { during, fleet, hangs } from "../../test-support/fleet.ts";

describe("a function that gives the name under which a token is stored", () => {
  it("is asked for it, and waited for a second, to the tick", async () => {
    const { clock, asked, process, events } = fleet();
    process({ storeKey: hangs }).getToken();
    await clock.advance(0);
    await clock.advance(999);
    expect(asked).toHaveLength(0);
    await clock.advance(1);
    expect(asked).toHaveLength(1);
    expect(events).toContainEqual({
      type: "store_failed",
      operation: "get",
      error: expect.objectContaining({ message: "storeKey: expected a name within 1000 ms, received none" }),
    });
  });

  it.each([
    [{ tenant: 1 }, "object"],
    ["", "an empty string"],
    [undefined, "none"],
  ])("and gives %j shares nothing, since all tenants would have one name", async (name, received) => {
    const { clock, asked, process, events } = fleet();
    const storeKey = async () => name as string;
    for (const tokens of [process({ storeKey }), process({ storeKey })])
      await during(clock, tokens.getToken());
    expect(asked).toHaveLength(2);
    const message = `storeKey: expected a function that returns a name, received ${received}`;
    const error = expect.objectContaining({ message });
    expect(events).toContainEqual({ type: "store_failed", operation: "get", error });
  });
});
