import { authorizedFetch } from "@org/auth-core";
import { createFetch } from "ofetch";
import { tokens } from "../tokens.ts";

const api = createFetch({
  fetch: authorizedFetch(tokens),
  defaults: { baseURL: tokens.baseUrl },
});

export async function whoAmI(): Promise<string> {
  const { vendor } = await api<{ vendor: string }>("/whoami");
  return vendor;
}
