import { setTimeout as wait } from "node:timers/promises";
import { encryptedStore } from "@org/auth-core/store";
import { redisStore } from "@org/auth-redis";
import { createStonexTokenCache } from "@org/stonex-client";
import { Redis } from "ioredis";

const client = new Redis(
  process.env.REDIS_URL ?? "redis://127.0.0.1:6379",
  {
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
  },
);
client.on("error", (error) => console.error("redis:", error.message));
// Without Redis the program starts a second later, and the client goes on
// trying to connect.
await Promise.race([
  new Promise((ready) => client.once("ready", ready)),
  wait(1000),
]);

// 32 random bytes
const key = Buffer.from(process.env.TOKEN_STORE_KEY ?? "", "base64");
const store = encryptedStore(redisStore(client), [
  { id: "2026-01", key },
]);

const {
  STONEX_CLIENT_ID: clientId = "",
  STONEX_CLIENT_SECRET: clientSecret = "",
} = process.env;
export const tokens = createStonexTokenCache(
  { clientId, clientSecret },
  { server: "sandbox", baseUrl: process.env.STONEX_URL, store },
);
