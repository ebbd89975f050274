import { IamTokenManager } from "ibm-cloud-sdk-core";
import type { Subject } from "../../src/subject.ts";

export const subject: Subject = {
  name: "ibm-cloud-sdk-core",
  package: "ibm-cloud-sdk-core",
  lacks: {
    retry: "a 401 from the API renews nothing",
    signal: "getToken takes none",
    "refresh token": "the API key is used again",
  },
  create({ url, secret }) {
    const manager = new IamTokenManager({ apikey: secret, url });
    return { getToken: () => manager.getToken(), cached: () => manager.getToken(), holder: manager };
  },
};
