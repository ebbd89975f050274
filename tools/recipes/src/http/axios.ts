import { authorizedFetch } from "@org/auth-core";
import axios from "axios";
import { tokens } from "../tokens.ts";

// The token is attached below axios, so that no AxiosError holds it.
const api = axios.create({
  baseURL: tokens.baseUrl,
  adapter: "fetch",
  env: { fetch: authorizedFetch(tokens) },
});

export async function whoAmI(): Promise<string> {
  const { data } = await api.get<{ vendor: string }>("/whoami");
  return data.vendor;
}
