import { authorizedFetch } from "@org/auth-core";
import createClient from "openapi-fetch";
import { tokens } from "../tokens.ts";

// What openapi-typescript makes of the API's own specification.
interface paths {
  "/whoami": {
    get: {
      responses: {
        200: { content: { "application/json": { vendor: string } } };
      };
    };
  };
}

const api = createClient<paths>({
  baseUrl: tokens.baseUrl,
  fetch: authorizedFetch(tokens),
});

export async function whoAmI(): Promise<string> {
  const { data, response } = await api.GET("/whoami");
  if (!data) throw new Error(`GET /whoami: HTTP ${response.status}`);
  return data.vendor;
}
