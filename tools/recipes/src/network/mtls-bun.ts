import { readFileSync } from "node:fs";
import { stonexApi } from "./api.ts";

const {
  CA_FILE = "", // of a private authority; none for a public one
  CERTIFICATE_FILE = "", // the client certificate that the vendor knows
  KEY_FILE = "",
} = process.env;

const tls = {
  ca: readFileSync(CA_FILE, "utf8"),
  cert: readFileSync(CERTIFICATE_FILE, "utf8"),
  key: readFileSync(KEY_FILE, "utf8"),
};
export const { whoAmI } = stonexApi((input, init) =>
  fetch(input, { ...init, tls } as RequestInit),
);
