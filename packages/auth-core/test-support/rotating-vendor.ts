import type { Clock } from "../src/clock.ts";
import type { TokenResponse } from "../src/request/token-endpoint.ts";
import { type Credentials, vendorThat } from "./scripted-vendor.ts";

const open = { required: true, secret: false };
const secret = { required: true, secret: true };
const perhaps = { required: false, secret: true };
const GRANTS = {
  client_credentials: { clientId: open, clientSecret: secret },
  authorization_code: { clientId: open, code: secret, clientSecret: perhaps },
  refresh_token: { clientId: open, refreshToken: secret, clientSecret: perhaps },
};

/** Credentials of each grant, with the first secret. */
export const credentialsFor = {
  client_credentials: { grant: "client_credentials", clientId: "id", clientSecret: "s0" },
  authorization_code: { grant: "authorization_code", clientId: "id", code: "c0", clientSecret: "s0" },
  refresh_token: { grant: "refresh_token", clientId: "id", refreshToken: "r0", clientSecret: "s0" },
} as const;

const ACCEPTED = new Response();
const REFUSED = { 400: new Response(null, { status: 400 }), 401: new Response(null, { status: 401 }) };

/** When something happens to a request: before the vendor has acted on it, or after. */
export type Passage = "sent" | "acted";

/**
 * A vendor that rotates refresh tokens and accepts a secret at a time. It counts what was sent twice though it is good for
 * one use.
 *
 * @param passage - holds up a request, or breaks it off by rejecting
 */
export function rotatingVendor(
  clock: Clock,
  passage: (at: Passage, credentials: Credentials) => Promise<void> = async () => {},
) {
  const seen = {
    requests: [] as Credentials[],
    issued: 0,
    reused: [] as string[],
    accepted: "s0",
    /** Whether it acts and then sends something that is not a token. */
    garbled: false,
    lifetime: 3600,
  };
  const spent = new Set<string>();

  const act = ({ grant, clientSecret, refreshToken, code }: Credentials): TokenResponse => {
    if (clientSecret !== seen.accepted) return { error: "", response: REFUSED[401] };
    const once = grant === "refresh_token" ? refreshToken : code;
    if (once !== undefined && spent.has(once)) {
      seen.reused.push(once);
      return { error: "", response: REFUSED[400] };
    }
    if (once !== undefined) spent.add(once);
    const number = ++seen.issued;
    if (seen.garbled) return { data: {}, response: ACCEPTED };
    const data = { accessToken: `t${number}`, refreshToken: `r${number}`, expiresIn: seen.lifetime };
    return { data, response: ACCEPTED };
  };

  const send = async (credentials: Credentials) => {
    seen.requests.push(credentials);
    await passage("sent", credentials);
    const response = act(credentials);
    await passage("acted", credentials);
    return response;
  };
  return Object.assign(seen, { cache: vendorThat(send, GRANTS, clock).cache });
}
