// @ts-expect-error it has no types
import tokenProvider from "axios-token-interceptor";
import type { Subject } from "../../src/subject.ts";
import { type PlainAnswer, requestPlainly } from "../../src/subjects/plain-source.ts";

export const subject: Subject = {
  name: "axios-token-interceptor",
  package: "axios-token-interceptor",
  lacks: {
    lifetime: "the program computes the age",
    retry: "it does not look at the answer",
    signal: "getToken takes none",
    "refresh token": "the program's business",
    errors: "the program makes them",
  },
  create({ url, secret }) {
    const cached: () => Promise<PlainAnswer> = tokenProvider.tokenCache(() => requestPlainly(url, secret), {
      getMaxAge: ({ expires_in }: PlainAnswer) => expires_in * 1000,
    });
    return { getToken: async () => (await cached()).access_token, cached: () => cached(), holder: cached };
  },
};
