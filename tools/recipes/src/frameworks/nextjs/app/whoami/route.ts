import { authorizedFetch } from "@org/auth-core";
import { tokens } from "../../tokens";

export const dynamic = "force-dynamic";

const fetch = authorizedFetch(tokens);

export async function GET(): Promise<Response> {
  const response = await fetch(`${tokens.baseUrl}/whoami`);
  return Response.json(await response.json(), {
    status: response.status,
  });
}
