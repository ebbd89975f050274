import { memoize } from "@smithy/property-provider";
import { isAlmostOver, requestPlainly } from "../../src/subjects/plain-source.ts";
import type { CreateClient } from "../../src/subjects.ts";

export const create: CreateClient = ({ url, secret }) => {
  const cached = memoize(
    () => requestPlainly(url, secret),
    isAlmostOver,
    ({ expiration }) => expiration !== undefined,
  );
  return { getToken: async () => (await cached()).token, cached: () => cached(), holder: cached };
};
