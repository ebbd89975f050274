import { stonexApi } from "./api.ts";

const read = (setting: string) =>
  Deno.readTextFileSync(Deno.env.get(setting) ?? "");

const client = Deno.createHttpClient({
  // Of a private certificate authority; none for a public one.
  caCerts: [read("CA_FILE")],
  // The client certificate that the vendor knows.
  cert: read("CERTIFICATE_FILE"),
  key: read("KEY_FILE"),
});
export const { whoAmI } = stonexApi((input, init) =>
  fetch(input, { ...init, client } as RequestInit),
);
