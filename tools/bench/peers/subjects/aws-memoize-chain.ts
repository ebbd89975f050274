// @ts-expect-error the package does not export it, but the AWS SDK is built on it
import { memoizeChain } from "@aws-sdk/credential-provider-node/dist-es/runtime/memoize-chain.js";
import { isAlmostOver, type PlainToken, requestPlainly } from "../../src/subjects/plain-source.ts";
import type { CreateClient } from "../../src/subjects.ts";

export const create: CreateClient = ({ url, secret }) => {
  const cached: () => Promise<PlainToken> = memoizeChain([() => requestPlainly(url, secret)], isAlmostOver);
  return { getToken: async () => (await cached()).token, cached: () => cached(), holder: cached };
};
