import { stonexApi } from "./api.ts";

// Such as http://user:password@proxy.example.com:3128
const proxy = process.env.PROXY_URL ?? "";
export const { whoAmI } = stonexApi((input, init) =>
  fetch(input, { ...init, proxy } as RequestInit),
);
