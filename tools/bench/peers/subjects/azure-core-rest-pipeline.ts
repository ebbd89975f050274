import {
  bearerTokenAuthenticationPolicy,
  createHttpHeaders,
  createPipelineRequest,
  type SendRequest,
} from "@azure/core-rest-pipeline";
import { requestPlainly } from "../../src/subjects/plain-source.ts";
import type { CreateClient } from "../../src/subjects.ts";

/** The policy insists on https, so requests name a host that does not exist and are sent to loopback instead. */
const HOST = "https://api.example.invalid";

/** The policy caches what a credential of the user's own gets. */
export const create: CreateClient = ({ url, secret }) => {
  const credential = {
    async getToken(_scopes: string | string[], options?: { abortSignal?: unknown }) {
      const signal = options?.abortSignal as AbortSignal | undefined;
      const { token, expiration } = await requestPlainly(url, secret, signal);
      return { token, expiresOnTimestamp: expiration.getTime() };
    },
  };
  const { origin } = new URL(url);
  const policy = bearerTokenAuthenticationPolicy({ credential, scopes: "scope" });
  const send = (target: string, next: SendRequest, signal?: AbortSignal) => {
    const abortSignal = signal ? { abortSignal: signal } : {};
    return policy.sendRequest(createPipelineRequest({ url: HOST + target, ...abortSignal }), next);
  };
  return {
    async getToken(signal) {
      const next: SendRequest = async (request) => ({ request, status: 200, headers: createHttpHeaders() });
      const { request } = await send("/", next, signal);
      return (request.headers.get("authorization") ?? "").replace("Bearer ", "");
    },
    request: (sendBy) => (target) =>
      send(target.replace(origin, ""), async (request) => {
        const headers = request.headers.toJSON();
        const response = await sendBy(request.url.replace(HOST, origin), { headers });
        // The policy reads only those of a 401.
        const received = response.status === 401 ? Object.fromEntries(response.headers) : {};
        return { request, status: response.status, headers: createHttpHeaders(received) };
      }),
    holder: policy,
  };
};
