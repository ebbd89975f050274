import { IamTokenManager } from "ibm-cloud-sdk-core";
import type { CreateClient } from "../../src/subjects.ts";

export const create: CreateClient = ({ url, secret }) => {
  const manager = new IamTokenManager({ apikey: secret, url });
  return { getToken: () => manager.getToken(), cached: () => manager.getToken(), holder: manager };
};
