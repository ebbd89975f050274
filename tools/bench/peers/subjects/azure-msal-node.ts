import { ConfidentialClientApplication } from "@azure/msal-node";
import { AUTHORITY, AUTHORITY_METADATA } from "../../src/subjects/authority.ts";
import type { CreateClient } from "../../src/subjects.ts";

export const create: CreateClient = ({ url, secret }) => {
  const send = async (
    target: string,
    method: string,
    options?: { headers?: Record<string, string>; body?: string },
  ) => {
    const response = await fetch(target.replace(AUTHORITY, url), {
      method,
      headers: options?.headers ?? {},
      body: options?.body ?? null,
    });
    const headers = Object.fromEntries(response.headers);
    return { headers, status: response.status, body: (await response.json()) as never };
  };
  const application = new ConfidentialClientApplication({
    auth: {
      clientId: "client",
      clientSecret: secret,
      authority: `${AUTHORITY}/tenant`,
      knownAuthorities: [new URL(AUTHORITY).host],
      authorityMetadata: AUTHORITY_METADATA,
    },
    system: {
      networkClient: {
        sendGetRequestAsync: (target, options) => send(target, "GET", options),
        sendPostRequestAsync: (target, options) => send(target, "POST", options),
      },
    },
  });
  return {
    async getToken() {
      const result = await application.acquireTokenByClientCredential({ scopes: ["scope/.default"] });
      return result?.accessToken ?? "";
    },
    cached: () => application.acquireTokenByClientCredential({ scopes: ["scope/.default"] }),
    holder: application,
  };
};
