// @ts-expect-error the package has no types
import tokenProvider from "axios-token-interceptor";
import { type PlainToken, requestPlainly } from "../../src/subjects/plain-source.ts";
import type { CreateClient } from "../../src/subjects.ts";

export const create: CreateClient = ({ url, secret }) => {
  const cached: () => Promise<PlainToken> = tokenProvider.tokenCache(() => requestPlainly(url, secret), {
    getMaxAge: ({ expiration }: PlainToken) => expiration.getTime() - Date.now(),
  });
  return { getToken: async () => (await cached()).token, cached: () => cached(), holder: cached };
};
