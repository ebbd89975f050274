import { readFileSync } from "node:fs";
import { Agent } from "undici"; // version 7
import { stonexApi } from "./api.ts";

const {
  CA_FILE = "", // of a private authority; none for a public one
  CERTIFICATE_FILE = "", // the client certificate that the vendor knows
  KEY_FILE = "",
} = process.env;

const dispatcher = new Agent({
  connect: {
    ca: readFileSync(CA_FILE),
    cert: readFileSync(CERTIFICATE_FILE),
    key: readFileSync(KEY_FILE),
  },
});
export const { whoAmI } = stonexApi((input, init) =>
  fetch(input, { ...init, dispatcher } as RequestInit),
);
