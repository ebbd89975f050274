import { expect, it, onTestFinished, vi } from "vitest";
import { BASE_URL, refused, scriptedFetch, tokenError } from "./scripted-vendor.ts";
import type { Subject } from "./subject.ts";

/** What lies between a vendor's package and the network: the `fetch` that it uses, and how much it reads. */
export function testTransport(subject: Subject): void {
  const { vendor } = subject;
  const [example] = subject.examples;
  const { operation, credentials } = example;

  it("a fetch that replaces the global one after the cache was made is used", async () => {
    const tokens = subject.createTokenCache(credentials, { baseUrl: BASE_URL });
    const server = scriptedFetch(() => new Response("", { status: 401 }));
    vi.stubGlobal("fetch", server.fetch);
    onTestFinished(() => void vi.unstubAllGlobals());
    expect(await tokenError(tokens.getToken())).toMatchObject({ vendorStatus: 401 });
    expect(server.sent).toHaveLength(1);
  });

  it.each([
    [200, "malformed_response"],
    [403, "invalid_client"],
    [503, "server_error"],
  ])("a %i of more than 1 MiB is not read to its end and is %s", async (status, code) => {
    let [bytes, cancelled] = [0, 0];
    const chunk = new TextEncoder().encode("<p>Out of order".repeat(5000));
    const { error, sent } = await refused(subject, example, () => {
      const body = new ReadableStream({
        pull(controller) {
          bytes += chunk.length;
          controller.enqueue(chunk);
        },
        cancel() {
          cancelled++;
        },
      });
      return new Response(body, { status });
    });
    expect(error).toMatchObject({ vendor, code, vendorStatus: status, attempts: sent.length });
    expect(error.message).not.toContain("Out of order");
    expect(cancelled).toBe(sent.length);
    expect(bytes / sent.length).toBeLessThan(1.5 * 1024 * 1024);
  });

  it("a failure is reported with method, URL without its query, cause and attempts", async () => {
    const { error } = await refused(subject, example, () => {
      const cause = Object.assign(new Error("getaddrinfo ENOTFOUND"), { code: "ENOTFOUND" });
      throw new TypeError("fetch failed", { cause });
    });
    const { message } = error;
    expect(message.startsWith(`${vendor}: no response from ${operation.method} ${BASE_URL}/`)).toBe(true);
    expect(message).toMatch(/[^?]+ \(ENOTFOUND\), 3 attempts$/);
  });
}
