// A server's program, written to become one file.
import { redisStore } from "@org/auth-redis";
import { createStonexTokenCache } from "@org/stonex-client";

// What a store needs of a client of `redis`, in memory, since the real one is not tested here.
const entries = new Map();
const redis = {
  GET: async (key) => entries.get(key) ?? null,
  SET: async (key, value, { condition }) =>
    condition && entries.has(key) ? null : entries.set(key, value) && "OK",
  EVAL: async (_script, { keys: [key] }) => Number(entries.delete(key)),
};
const { url, credentials } = JSON.parse(process.env.SANDBOX_FACTS);
const tokens = createStonexTokenCache(credentials.stonex, {
  baseUrl: `${url}/stonex`,
  store: redisStore(redis),
});
tokens.getToken().then(() => console.log(`${entries.size} shared token`));
