import axios from "axios";
import { tokens } from "../tokens.ts";

// Not like this: each AxiosError has the token in its `config.headers`,
// and a log of the error prints it.
const api = axios.create({ baseURL: tokens.baseUrl });
api.interceptors.request.use(async (config) => {
  const { accessToken } = await tokens.getToken();
  config.headers.set("Authorization", `Bearer ${accessToken}`);
  return config;
});

export async function whoAmI(): Promise<string> {
  const { data } = await api.get<{ vendor: string }>("/whoami");
  return data.vendor;
}
