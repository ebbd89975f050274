import { ProxyAgent } from "undici"; // version 7
import { stonexApi } from "./api.ts";

// PROXY_URL is such as http://user:password@proxy.example.com:3128
const dispatcher = new ProxyAgent(process.env.PROXY_URL ?? "");
export const { whoAmI } = stonexApi((input, init) =>
  fetch(input, { ...init, dispatcher } as RequestInit),
);
