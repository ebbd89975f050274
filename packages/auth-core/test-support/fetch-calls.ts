import fc from "fast-check";
import type { Fetch } from "../src/fetch/request-copy.ts";
import type { EchoServer } from "./echo-server.ts";

type Pair = readonly [name: string, value: string];
type Members = Record<string, unknown>;

const METHODS = ["GET", "POST", "post", "PUT", "patch", "PATCH", "DELETE", "HEAD", "OPTIONS", "bad method"];
const PATHS = ["", "/", "/a/../b", "/ü b", "/x?q=%zz&r=1#part", "/\\back", "//double", "/new\nline"];
const PAIRS: readonly Pair[] = [
  ["x-one", "1"],
  ["X-Two", " two "],
  ["x-one", "again"],
  ["Content-Type", "application/json"],
  ["Authorization", "Basic own"],
  ["cookie", "a=b"],
  ["bad name", "x"],
];

/** Each gives the same headers in another shape; the last two can be read once only. */
const HEADERS: Record<string, (pairs: readonly Pair[]) => unknown> = {
  record: (pairs) => Object.fromEntries(pairs),
  pairs: (pairs) => pairs.map((pair) => [...pair]),
  Headers: (pairs) => new Headers(pairs.filter(([name]) => name !== "bad name").map(([n, v]) => [n, v])),
  Map: (pairs) => new Map(pairs),
  iterator: (pairs) => pairs.values(),
  generator: (pairs) =>
    (function* () {
      yield* pairs;
    })(),
  null: () => null,
};

const BODIES: Record<string, () => unknown> = {
  null: () => null,
  empty: () => "",
  text: () => "text ü",
  "String object": () => new String("boxed"),
  number: () => 42,
  bytes: () => new Uint8Array([0, 1, 254, 255]).subarray(1),
  buffer: () => new Uint8Array([7, 8]).buffer,
  view: () => new DataView(new Uint8Array([1, 2, 3]).buffer, 1),
  URLSearchParams: () => new URLSearchParams([["a", "b c"]]),
  FormData: () => {
    const form = new FormData();
    form.append("name", "first");
    form.append("name", "second");
    form.append("file", new File(["content"], "f.txt", { type: "text/x-own" }));
    return form;
  },
  Blob: () => new Blob(["blob"], { type: "text/x-blob" }),
  stream: () => new Blob(["streamed"]).stream(),
  iterable: () =>
    (async function* () {
      yield new TextEncoder().encode("iterated");
    })(),
};

/** How the members of `init` come to be there. */
const INITS: Record<string, (members: Members) => unknown> = {
  none: () => undefined,
  null: () => null,
  "no object": () => "POST",
  plain: (members) => members,
  frozen: (members) => Object.freeze(members),
  getters: (members) =>
    Object.defineProperties(
      {},
      Object.fromEntries(Object.keys(members).map((name) => [name, { get: () => members[name] }])),
    ),
  inherited: (members) => Object.create(members),
  "a class's": (members) => {
    class Init {}
    for (const name of Object.keys(members))
      Object.defineProperty(Init.prototype, name, { get: () => members[name] });
    return new Init();
  },
  Request: (members) => new Request("http://127.0.0.1:9/elsewhere", possible(members)),
};

class OwnUrl extends URL {}
class OwnRequest extends Request {}
const TARGETS: Record<string, (url: string, members: Members) => unknown> = {
  text: (url) => url,
  "String object": (url) => new String(url),
  URL: (url) => new URL(url),
  "URL subclass": (url) => new OwnUrl(url),
  "with toString": (url) => ({ toString: () => url }),
  Request: (url, members) => new Request(url, possible(members)),
  "Request subclass": (url, members) => new OwnRequest(url, possible(members)),
};

const membersShape = fc.record(
  {
    method: fc.constantFrom(...METHODS),
    headers: fc.tuple(fc.constantFrom(...Object.keys(HEADERS)), fc.subarray([...PAIRS])),
    body: fc.constantFrom(...Object.keys(BODIES)),
    signal: fc.constantFrom("null", "live", "aborted", "aborted on arrival"),
    duplex: fc.constant("half"),
    referrer: fc.constantFrom("", "about:client", "https://referrer.example/page"),
    redirect: fc.constantFrom("follow", "manual", "error"),
    unheardOf: fc.constant(1),
  },
  { requiredKeys: [] },
);
type Shape = typeof membersShape extends fc.Arbitrary<infer T> ? T : never;

/** A call of `fetch`, described so that its arguments can be made afresh: a stream is good for one call only. */
export const callShape = fc.record({
  target: fc.constantFrom(...Object.keys(TARGETS)),
  path: fc.constantFrom(...PATHS),
  ofRequest: membersShape,
  init: fc.constantFrom(...Object.keys(INITS)),
  members: membersShape,
});
type CallShape = typeof callShape extends fc.Arbitrary<infer T> ? T : never;

/** What comes of one call: what arrived at the server, or which error the caller got. */
export async function outcomeOf(fetch: Fetch, server: EchoServer, shape: CallShape): Promise<object> {
  const arrivals: (() => void)[] = [];
  const bodies = [shape.ofRequest.body, shape.members.body];
  // Node.js 24 crashes when these bodies are cancelled immediately, whatever sends them.
  const mayAbort = !bodies.includes("FormData") && !bodies.includes("iterable");
  const ofRequest = membersOf(shape.ofRequest, "request", arrivals, mayAbort);
  const members = membersOf(shape.members, "init", arrivals, mayAbort);
  const target = TARGETS[shape.target]?.(server.origin + shape.path, ofRequest);
  const init = INITS[shape.init]?.(members);
  server.expect(() => {
    for (const arrive of arrivals) arrive();
  });
  try {
    const { status } = await fetch(target as string, init as RequestInit);
    return { status, arrived: server.arrived };
  } catch (error) {
    const { name, message } = error as Error;
    return { failed: name, reason: message.startsWith("aborted by") ? message : "", arrived: server.arrived };
  }
}

function membersOf(shape: Shape, owner: string, arrivals: (() => void)[], mayAbort: boolean): Members {
  const members: Members = { ...shape };
  if (shape.headers) members.headers = HEADERS[shape.headers[0]]?.(shape.headers[1]);
  if (shape.body) members.body = BODIES[shape.body]?.();
  const signal = shape.signal === "aborted" && !mayAbort ? "live" : shape.signal;
  if (signal) members.signal = signalOf(signal, owner, arrivals);
  return members;
}

function signalOf(kind: string, owner: string, arrivals: (() => void)[]): AbortSignal | null {
  if (kind === "null") return null;
  const controller = new AbortController();
  const abort = () => controller.abort(new Error(`aborted by the signal of ${owner}`));
  if (kind === "aborted") abort();
  if (kind === "aborted on arrival") arrivals.push(abort);
  return controller.signal;
}

/** What a `Request` can be made of. */
function possible(members: Members): RequestInit {
  const { headers, body, method = "GET", ...rest } = members;
  const init: Members = { ...rest, duplex: "half" };
  if (headers !== null) {
    try {
      init.headers = new Headers(headers as HeadersInit);
    } catch {
      // A name or value that no header can have.
    }
  }
  if (body !== undefined && body !== null) return { ...init, method: "POST", body: body as BodyInit };
  return { ...init, method: method === "bad method" ? "GET" : String(method) };
}
