import { ClientSecretCredential } from "@azure/identity";
import { AUTHORITY } from "../../src/subjects/authority.ts";
import type { CreateClient } from "../../src/subjects.ts";

export const create: CreateClient = ({ url, secret }) => {
  const credential = new ClientSecretCredential("tenant", "client", secret, {
    authorityHost: AUTHORITY,
    disableInstanceDiscovery: true,
    additionalPolicies: [
      {
        position: "perRetry",
        policy: {
          name: "loopback",
          sendRequest(request, next) {
            if (!request.url.startsWith(AUTHORITY)) return next(request);
            request.url = request.url.replace(AUTHORITY, url);
            request.allowInsecureConnection = true;
            return next(request);
          },
        },
      },
    ],
  });
  return {
    getToken: async (signal) =>
      (await credential.getToken("scope/.default", signal ? { abortSignal: signal } : {})).token,
    cached: () => credential.getToken("scope/.default"),
    holder: credential,
  };
};
