import { stonexApi } from "./api.ts";

// PROXY_URL is such as http://proxy.example.com:3128
const client = Deno.createHttpClient({
  proxy: { url: Deno.env.get("PROXY_URL") ?? "" },
});
export const { whoAmI } = stonexApi((input, init) =>
  fetch(input, { ...init, client } as RequestInit),
);
