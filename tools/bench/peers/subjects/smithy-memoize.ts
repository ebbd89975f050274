import { memoize } from "@smithy/property-provider";
import type { Subject } from "../../src/subject.ts";
import { requestPlainly } from "../../src/subjects/plain-source.ts";

/** As the AWS SDK uses it: expired 5 minutes before its time. */
const EARLY = 300_000;

export const subject: Subject = {
  name: "@smithy/property-provider (memoize)",
  package: "@smithy/property-provider",
  lacks: {
    lifetime: "the provider states the expiry",
    retry: "it sends no requests",
    signal: "the provider takes none",
    "refresh token": "the provider's business",
    errors: "the program makes them",
  },
  create({ url, secret }) {
    const provider = async () => {
      const answer = await requestPlainly(url, secret);
      return { token: answer.access_token, expiration: new Date(Date.now() + answer.expires_in * 1000) };
    };
    const cached = memoize(
      provider,
      ({ expiration }) => expiration.getTime() - Date.now() < EARLY,
      ({ expiration }) => expiration !== undefined,
    );
    return { getToken: async () => (await cached()).token, cached: () => cached(), holder: cached };
  },
};
