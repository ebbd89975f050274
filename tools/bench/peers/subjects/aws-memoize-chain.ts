// @ts-expect-error the package keeps it to itself, and the AWS SDK is built on it
import { memoizeChain } from "@aws-sdk/credential-provider-node/dist-es/runtime/memoize-chain.js";
import type { Subject } from "../../src/subject.ts";
import { requestPlainly } from "../../src/subjects/plain-source.ts";

/** As the AWS SDK uses it: renewed from 5 minutes before its time. */
const EARLY = 300_000;

interface Held {
  readonly token: string;
  readonly expiration: Date;
}

export const subject: Subject = {
  name: "@aws-sdk/credential-provider-node (memoizeChain)",
  package: "@aws-sdk/credential-provider-node",
  lacks: {
    lifetime: "the provider states the expiry",
    retry: "it sends no requests",
    signal: "the provider takes none",
    "refresh token": "the provider's business",
    errors: "the program makes them",
  },
  create({ url, secret }) {
    const provider = async (): Promise<Held> => {
      const answer = await requestPlainly(url, secret);
      return { token: answer.access_token, expiration: new Date(Date.now() + answer.expires_in * 1000) };
    };
    const cached: () => Promise<Held> = memoizeChain(
      [provider],
      ({ expiration }: Held) => expiration.getTime() - Date.now() < EARLY,
    );
    return { getToken: async () => (await cached()).token, cached: () => cached(), holder: cached };
  },
};
