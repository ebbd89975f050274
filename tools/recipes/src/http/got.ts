import got from "got";
import { tokens } from "../tokens.ts";

const { origin } = new URL(tokens.baseUrl);

// got does not use fetch, so its hooks do what authorizedFetch does:
// attach the token, to the vendor's origin only, and on a 401 try once
// more with a new one.
const api = got.extend({
  prefixUrl: tokens.baseUrl,
  hooks: {
    beforeRequest: [
      async ({ url, headers }) => {
        if (new URL(String(url)).origin !== origin) return;
        const { accessToken } = await tokens.getToken();
        headers.authorization = `Bearer ${accessToken}`;
      },
    ],
    afterResponse: [
      (response, retryWithMergedOptions) => {
        const { authorization } = response.request.options.headers;
        if (response.statusCode !== 401 || !authorization)
          return response;
        tokens.invalidate(String(authorization).replace("Bearer ", ""));
        return retryWithMergedOptions({});
      },
    ],
    // A log of the error would print the token.
    beforeError: [
      (error) => {
        error.options.headers.authorization = undefined;
        return error;
      },
    ],
  },
});

export async function whoAmI(): Promise<string> {
  const { vendor } = await api.get("whoami").json<{ vendor: string }>();
  return vendor;
}
