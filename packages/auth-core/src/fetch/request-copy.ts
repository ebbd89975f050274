/** The part of `fetch` that every runtime has. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** The arguments of one call of `fetch`, as they were when it was called. */
export interface RequestCopy {
  readonly url: string;
  readonly method: string;
  /** The headers to send; more can be set. */
  readonly headers: Headers;
  readonly signal: AbortSignal | undefined;
  /** What the caller wants done about redirects. */
  readonly redirect: RequestRedirect;
  readonly hasBody: boolean;
  /** Whether `send` can be called again. */
  readonly isRepeatable: boolean;
  /** Sends it to `url`: this copy's `url` as a check normalised it, or a redirect's target with the `changes` for it. */
  send(fetch: Fetch, url: string, changes?: RequestChanges): Promise<Response>;
  /** Releases the body when nothing will be sent, as `fetch` does when its signal is aborted. */
  release(reason: unknown): void;
}

/** What is sent differently from what the caller said. */
export type RequestChanges = Pick<RequestInit, "redirect" | "method" | "headers" | "body">;

/** The members of the Fetch standard's `RequestInit`. */
const STANDARD_MEMBERS = [
  "method",
  "headers",
  "body",
  "referrer",
  "referrerPolicy",
  "mode",
  "credentials",
  "cache",
  "redirect",
  "integrity",
  "keepalive",
  "signal",
  "duplex",
  "priority",
  "window",
] as const;
/** The members that Node.js, Deno, Bun, Workers and Next.js add to it. */
export const RUNTIME_MEMBERS = ["dispatcher", "client", "tls", "proxy", "unix", "cf", "next"] as const;
const MEMBERS = [...STANDARD_MEMBERS, ...RUNTIME_MEMBERS] as const;

type Members = RequestInit & Record<string, unknown>;

/**
 * Reads the arguments of a call of `fetch` once, as `fetch` reads them, so that later changes, whether during the wait for
 * a token or before a second attempt, are not sent.
 *
 * A `Request` is not touched before it is sent: if no token is obtained, its owner may send it again.
 *
 * @throws {TypeError} when `fetch` would, such as for an invalid header name.
 * @see {@link https://fetch.spec.whatwg.org/#dom-request Fetch, the Request constructor}
 */
export function copyRequest(input: string | URL | Request, init: RequestInit | undefined): RequestCopy {
  const members = membersOf(init);
  // The body of a `Request` that stands for `init` stays its owner's as well.
  const owned = init instanceof Request ? undefined : members.body;
  if (typeof input === "string") return copyForUrl(input, members, owned);
  const given = input instanceof Request ? membersOfRequest(input) : undefined;
  if (given) return copyOfRequest(input as Request, given, init ? members : undefined);
  // A custom `fetch` may come with its own `Request` class. A URL has no `url`.
  const foreign = input as unknown as Request;
  const { url } = foreign;
  if (typeof url === "string") return copyOfForeign(url, foreign, members);
  return copyForUrl(String(input), members, owned);
}

/** Includes getters, inherited members and those of a `Request`, none of which spreading would copy. */
function membersOf(init: object | null | undefined): Members {
  if (init === undefined || init === null) return {};
  if (typeof init !== "object" && typeof init !== "function") {
    throw new TypeError(`init: expected an object such as { method: "POST" }, received a ${typeof init}`);
  }
  const members = { ...init } as Members;
  // The usual case: looking for each member would cost more than the rest of the call.
  if (Object.getPrototypeOf(init) === Object.prototype && hasOnlyEnumerable(init)) return members;
  for (const name of MEMBERS) {
    if (Object.hasOwn(members, name)) continue;
    const value = (init as Members)[name];
    if (value !== undefined) members[name] = value as never;
  }
  return members;
}

function hasOnlyEnumerable(object: object): boolean {
  return Object.getOwnPropertyNames(object).length === Object.keys(object).length;
}

function copyForUrl(url: string, members: Members, owned: unknown): RequestCopy {
  const headers = new Headers(members.headers);
  members.headers = headers;
  const { body, method = "GET", redirect = "follow", signal } = members;
  if (body) members.body = copyOfBody(body);
  return {
    url,
    method: String(method),
    headers,
    signal: signal ?? undefined,
    redirect,
    hasBody: body !== undefined && body !== null,
    isRepeatable: isRepeatable(body),
    send: (fetch, to, changes) => fetch(to, changes ? { ...members, ...changes } : members),
    release: (reason) => release(owned, reason),
  };
}

/** What `fetch` will find in a `Request`, whatever its subclass says. */
type RequestMembers = Pick<Request, (typeof REQUEST_MEMBERS)[number]>;
const REQUEST_MEMBERS = ["url", "method", "headers", "signal", "body", "redirect", "referrer"] as const;

/** `undefined` if the members are not getters of the class, which is then another `Request`. */
function membersOfRequest(input: Request): RequestMembers | undefined {
  const entries = REQUEST_MEMBERS.map((name) => [name, Reflect.get(Request.prototype, name, input)]);
  const members = Object.fromEntries(entries) as RequestMembers;
  return typeof members.url === "string" ? members : undefined;
}

function copyOfRequest(input: Request, given: RequestMembers, members: Members | undefined): RequestCopy {
  const headers = new Headers(members?.headers === undefined ? given.headers : members.headers);
  const signal = members?.signal === undefined ? given.signal : members.signal;
  const isText = isRepeatableText(given.headers);
  const canRepeat = members?.body ? isRepeatable(members.body) : !given.body || isText;
  // The response follows the caller's signal itself, so that the request in between needs no listener of its own. But any
  // `init` resets a referrer, in Node.js 20 at least.
  const hasReferrer = given.referrer !== undefined && given.referrer !== "about:client";
  const init = hasReferrer && !members?.signal ? members : { ...members, signal: null };
  if (init?.headers !== undefined) init.headers = headers;
  if (init?.body) init.body = copyOfBody(init.body);
  const rest = { ...members };
  for (const name of STANDARD_MEMBERS) delete rest[name];

  let spare: Request | undefined;
  return {
    url: given.url,
    method: String(members?.method ?? given.method),
    headers,
    signal: signal ?? undefined,
    redirect: members?.redirect ?? given.redirect,
    hasBody: Boolean(members?.body ?? given.body),
    isRepeatable: canRepeat,
    send: async (fetch, to, changes) => {
      const request = spare ?? new Request(input, init);
      spare = canRepeat && request.body ? request.clone() : request;
      // The constructor adds the type of a body that `init` brought.
      const type = request.headers.get("content-type");
      if (type !== null && !headers.has("content-type")) headers.set("content-type", type);
      const { referrer, referrerPolicy } = request;
      const sent = { ...rest, headers, signal, referrer, referrerPolicy, ...changes };
      if (changes?.headers === undefined) return fetch(request, sent);
      const { cache, credentials, integrity, keepalive, mode } = request;
      const body = changes.body === null || !request.body ? null : await request.arrayBuffer();
      return fetch(to, { cache, credentials, integrity, keepalive, mode, ...sent, body });
    },
    release: (reason) => release(members?.body, reason),
  };
}

/** A `Request` of another class cannot be copied by ours, and is not sent itself, since it may say another URL later. */
function copyOfForeign(url: string, input: Request, init: Members): RequestCopy {
  const given = Object.entries(init).filter(([, value]) => value !== undefined);
  const members = { ...membersOf(input), ...Object.fromEntries(given) } as Members;
  members.body = init.body ?? input.body;
  if (members.body) members.duplex ??= "half";
  const copy = copyForUrl(url, members, init.body);
  const hasNoStreams = input.body === undefined && !/^(GET|HEAD)$/i.test(copy.method);
  if (init.body || !(hasNoStreams || (input.body && isRepeatableText(input.headers)))) return copy;
  // As a stream it would be sent in chunks, which some servers refuse.
  let bytes: Promise<ArrayBuffer> | undefined;
  return {
    ...copy,
    isRepeatable: true,
    send: async (fetch, to, changes) => {
      bytes ??= input.arrayBuffer();
      return fetch(to, { ...members, body: await bytes, ...changes });
    },
  };
}

/** A body that its owner can no longer change, if that is possible. */
function copyOfBody(body: BodyInit): BodyInit {
  if (body instanceof ArrayBuffer) return body.slice(0);
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength).slice();
  if (body instanceof URLSearchParams) return new URLSearchParams(body);
  if (!(body instanceof FormData)) return body;
  const copy = new FormData();
  for (const [name, value] of body) copy.append(name, value);
  return copy;
}

function isRepeatable(body: unknown): boolean {
  return !(body instanceof ReadableStream) && !isAsyncIterable(body);
}

/** A `Request` does not say whether its body came from a stream, which must not be buffered. These are short by nature. */
function isRepeatableText(headers: Headers): boolean {
  const type = headers.get("content-type") ?? "";
  return /^(application\/(json|x-www-form-urlencoded)|text\/)/i.test(type);
}

function isAsyncIterable(body: unknown): body is AsyncIterable<unknown> {
  return Symbol.asyncIterator in Object(body);
}

/** An error of the cancellation does not matter to a caller that waits for a token. */
function release(body: unknown, reason: unknown): void {
  if (body instanceof ReadableStream) body.cancel(reason).catch(() => {});
  else if (isAsyncIterable(body))
    body[Symbol.asyncIterator]()
      .return?.()
      .catch(() => {});
}
