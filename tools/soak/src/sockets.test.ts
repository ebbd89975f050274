import type { Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { authorizedFetch, TokenRequestError } from "@org/auth-core";
import { createSandbox, type ListeningSandbox, type Sandbox } from "@org/auth-sandbox";
import { type HurriedClock, hurriedClock } from "@org/measure/hurried-clock";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { httpAnswer, listenRaw, type RawServer } from "../test-support/raw-server.ts";
import { createTokenCache, VENDOR_NAMES } from "./vendors.ts";

const TIMEOUT = { timeout: 30_000 };
/** Whole seconds. */
const LIFETIME = 60;

let sandbox: Sandbox;
let listening: ListeningSandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ lifetime: LIFETIME });
  listening = await sandbox.listen();
});
beforeEach(() => {
  for (const vendor of Object.values(sandbox.vendors)) {
    vendor.clearFaults();
    vendor.resetCounts();
  }
});
afterAll(() => listening.close());

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable("expected a TokenRequestError"),
    (error: unknown) => {
      expect(error).toBeInstanceOf(TokenRequestError);
      return error as TokenRequestError;
    },
  );

describe.each(VENDOR_NAMES)("%s over a socket", TIMEOUT, (name) => {
  const createScene = () => {
    const vendor = sandbox.vendor(name);
    const baseUrl = `${listening.url}/${name}`;
    const clock = hurriedClock();
    const tokens = createTokenCache(name, vendor.credentials(), { baseUrl, clock });
    const whoami = () => authorizedFetch(tokens)(`${baseUrl}/whoami`);
    return { vendor, clock, tokens, whoami };
  };

  it("tries again when the connection is cut before a response", async () => {
    const { vendor, whoami } = createScene();
    vendor.fault({ drop: true, times: 2 });
    expect((await whoami()).status).toBe(200);
    expect(vendor.counts).toMatchObject({ tokenRequests: 3, tokensIssued: 1 });
  });

  it("is a network error when the connection is cut every time, and works again afterwards", async () => {
    const { vendor, tokens, whoami } = createScene();
    vendor.fault({ drop: true, times: 3 });
    expect(await failureOf(tokens.getToken())).toMatchObject({ code: "network_error", retryable: true });
    expect((await whoami()).status).toBe(200);
    expect(vendor.counts.tokenRequests).toBe(4);
  });

  it("is a malformed response when half of the JSON arrives, and works again afterwards", async () => {
    const { vendor, tokens, whoami } = createScene();
    vendor.fault({ body: "truncated", times: 1 });
    expect(await failureOf(tokens.getToken())).toMatchObject({
      code: "malformed_response",
      vendorStatus: 200,
    });
    expect((await whoami()).status).toBe(200);
    expect(vendor.counts.tokenRequests).toBe(2);
  });

  it.each([-3_000_000, 3_000_000])(
    "keeps to the real lifetime when the vendor's clock is %i ms off",
    async (clockOffset) => {
      const { vendor, clock, tokens, whoami } = createScene();
      vendor.fault({ clockOffset });
      const sentAt = clock.now();
      const { expiresAt } = await tokens.getToken();
      const really: { expiresAt: number } = await (await whoami()).json();
      expect(expiresAt).toBeLessThanOrEqual(really.expiresAt);
      // Whole seconds in the response and in its Date header cost up to one each.
      expect(expiresAt).toBeGreaterThanOrEqual(sentAt + (LIFETIME - 2) * 1000);
      expect(vendor.counts).toMatchObject({ tokenRequests: 1, resourceRequests: 1 });

      clock.advance(LIFETIME * 900);
      expect((await whoami()).status).toBe(200);
      expect(vendor.counts.tokenRequests).toBe(2);
    },
  );

  it("does not believe that a token which was long on its way lives longer than it does", async () => {
    const { vendor, clock, tokens, whoami } = createScene();
    vendor.fault({ delay: 300, times: 1 });
    const { expiresAt } = await tokens.getToken();
    const really: { expiresAt: number } = await (await whoami()).json();
    expect(expiresAt).toBeLessThanOrEqual(really.expiresAt);
    expect(clock.deadlines).toBe(0);
  });
});

describe("a token endpoint that misbehaves below HTTP", TIMEOUT, () => {
  const CREDENTIALS = { clientId: "id-4711", clientSecret: "not/for+logs" };
  const TOKEN_ANSWER = JSON.stringify({
    access_token: "abc",
    token_type: "Bearer",
    expires_in: 3600,
    scope: "",
  });
  let server: RawServer;
  afterEach(() => server.close());

  const createScene = async (respond: (socket: Socket, request: number) => void) => {
    server = await listenRaw(respond);
    const clock = hurriedClock();
    const tokens = createTokenCache("stonex", CREDENTIALS, { baseUrl: server.url, clock });
    return { clock, tokens };
  };

  /** Waits until the server has this many requests, each with its deadline running. */
  const underWay = async (clock: HurriedClock, requests: number) => {
    while (server.requests < requests || clock.deadlines === 0) await wait(2);
    // Long enough for what has been sent by then to arrive.
    await wait(20);
  };

  it.each<[string, (socket: Socket) => void]>([
    ["closes without a response", (socket) => socket.end()],
    ["resets the connection", (socket) => socket.resetAndDestroy()],
    ["ends in the middle of the head", (socket) => socket.end("HTTP/1.1 200 OK\r\nContent-Ty")],
    ["ends in the middle of the body", (socket) => socket.end(httpAnswer(TOKEN_ANSWER).slice(0, -20))],
    ["ends in the middle of a chunk", (socket) => socket.end(`${CHUNKED}ff\r\n${TOKEN_ANSWER}`)],
    ["speaks another protocol", (socket) => socket.end("SSH-2.0-OpenSSH_9.9\r\n")],
    [
      "says gzip and sends none",
      (socket) => socket.end(httpAnswer(TOKEN_ANSWER, ["Content-Encoding: gzip"])),
    ],
  ])("that %s is a network error after three attempts", async (_, respond) => {
    const { tokens, clock } = await createScene(respond);
    const error = await failureOf(tokens.getToken());
    expect(error).toMatchObject({ code: "network_error", retryable: true });
    expect(error.vendorStatus).toBeUndefined();
    expect(error.cause).toBeInstanceOf(Error);
    expect(server.requests).toBe(3);
    expect(clock.deadlines).toBe(0);
  });
  const CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

  it("that nothing listens at is a network error", async () => {
    const { tokens } = await createScene(() => {});
    await server.close();
    expect(await failureOf(tokens.getToken())).toMatchObject({ code: "network_error" });
  });

  it("that fails twice in the middle of the body and then responds gives the token", async () => {
    const { tokens } = await createScene((socket, request) => {
      if (request < 3) socket.end(httpAnswer(TOKEN_ANSWER).slice(0, -20));
      else socket.write(httpAnswer(TOKEN_ANSWER));
    });
    expect((await tokens.getToken()).accessToken).toBe("abc");
  });

  it.each<[string, (socket: Socket) => void]>([
    ["accepts and never responds", () => {}],
    ["stops in the middle of the head", (socket) => socket.write("HTTP/1.1 200 OK\r\nContent-Ty")],
    ["stops in the middle of the body", (socket) => socket.write(httpAnswer(TOKEN_ANSWER).slice(0, -20))],
    ["sends a body that never ends", drip],
  ])("that %s is given up at the deadline of each of three attempts", async (_, respond) => {
    const { tokens, clock } = await createScene(respond);
    const failure = failureOf(tokens.getToken());
    for (let attempt = 1; attempt <= 3; attempt++) {
      await underWay(clock, attempt);
      clock.strikeDeadlines();
    }
    expect(await failure).toMatchObject({ code: "timeout", retryable: true });
    expect(server.requests).toBe(3);
    // Nothing is left open that a vendor could go on dripping into.
    await Promise.all(server.sockets.map(closed));
  });

  it("that hangs is left at the deadline of one attempt when the last caller has left", async () => {
    const { tokens, clock } = await createScene(drip);
    const controller = new AbortController();
    const call = tokens.getToken({ signal: controller.signal });
    await underWay(clock, 1);
    controller.abort(new Error("enough"));
    await expect(call).rejects.toThrow("enough");
    expect(clock.deadlines).toBe(1);
    clock.strikeDeadlines();
    await Promise.all(server.sockets.map(closed));
    expect(clock.deadlines).toBe(0);
    expect(server.requests).toBe(1);
  });

  it("that hangs while a token is stale keeps no caller waiting", async () => {
    const { tokens, clock } = await createScene((socket, request) => {
      if (request === 1) socket.write(httpAnswer(TOKEN_ANSWER));
    });
    const { accessToken } = await tokens.getToken();
    clock.advance(3_600_000 * 0.85);
    for (let call = 0; call < 10; call++) expect((await tokens.getToken()).accessToken).toBe(accessToken);
    await underWay(clock, 2);
    clock.strikeDeadlines();
    expect((await tokens.getToken()).accessToken).toBe(accessToken);
    expect(server.requests).toBe(2);
  });

  it("that resets a kept-alive connection between two requests is asked again on a new one", async () => {
    const { tokens } = await createScene((socket, request) => {
      socket.write(httpAnswer(TOKEN_ANSWER.replace("abc", `token-${request}`)));
    });
    await tokens.getToken();
    // The client does not know of it before it sends.
    server.sockets[0]?.resetAndDestroy();
    expect((await tokens.getToken({ forceRenew: true })).accessToken).toBe("token-2");
    expect(server.sockets).toHaveLength(2);
  });
});

it("a connection to the API that is lost is the caller's error, and the token stays", TIMEOUT, async () => {
  const tokenServer = sandbox.vendor("stonex");
  const baseUrl = `${listening.url}/stonex`;
  const tokens = createTokenCache("stonex", tokenServer.credentials(), { baseUrl });
  const fetch = authorizedFetch(tokens);
  await fetch(`${baseUrl}/whoami`);
  tokenServer.fault({ on: "resource", drop: true, times: 1 });
  const error = await fetch(`${baseUrl}/whoami`).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TypeError);
  expect((await fetch(`${baseUrl}/whoami`)).status).toBe(200);
  expect(tokenServer.counts.tokenRequests).toBe(1);
});

/** A body without an end, a little at a time. */
function drip(socket: Socket): void {
  socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{"access_token":"');
  const timer = setInterval(() => socket.write("a"), 5);
  socket.once("close", () => clearInterval(timer));
}

function closed(socket: Socket): Promise<unknown> | undefined {
  return socket.destroyed ? undefined : new Promise((resolve) => socket.once("close", resolve));
}
