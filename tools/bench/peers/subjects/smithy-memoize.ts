import { memoize } from "@smithy/property-provider";
import type { CreateClient } from "../../src/subject.ts";
import { isAlmostOver, requestPlainly } from "../../src/subjects/plain-source.ts";

export const create: CreateClient = ({ url, secret }) => {
  const cached = memoize(
    () => requestPlainly(url, secret),
    isAlmostOver,
    ({ expiration }) => expiration !== undefined,
  );
  return { getToken: async () => (await cached()).token, cached: () => cached(), holder: cached };
};
