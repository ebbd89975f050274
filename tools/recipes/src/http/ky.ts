import { authorizedFetch } from "@org/auth-core";
import ky from "ky";
import { tokens } from "../tokens.ts";

const api = ky.create({
  baseUrl: `${tokens.baseUrl}/`,
  fetch: authorizedFetch(tokens),
});

export async function whoAmI(): Promise<string> {
  const { vendor } = await api.get("whoami").json<{ vendor: string }>();
  return vendor;
}
