import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Whether tests that need certificates can run.
 *
 * @throws under `CI=true` when there is no openssl, since skipping them there would go unnoticed.
 */
export function isOpensslInstalled(): boolean {
  const installed = spawnSync("openssl", ["version"]).status === 0;
  if (!installed && process.env.CI === "true") throw new Error("expected openssl on the PATH, found none");
  if (!installed) console.warn("Skipped: openssl is not on the PATH.");
  return installed;
}

const NEW_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc"];

/** Files with a throw-away certificate authority, and what it signed for a server on loopback and for a client; they expire after a day. */
export function makeCertificates(folder: string) {
  const openssl = (...words: string[]) => execFileSync("openssl", words, { cwd: folder, stdio: "pipe" });
  const files = (name: string) => ({
    certificate: join(folder, `${name}.crt`),
    key: join(folder, `${name}.key`),
  });
  const authority = (name: string) => {
    const { certificate, key } = files(name);
    const out = ["-keyout", key, "-out", certificate];
    openssl("req", "-x509", ...NEW_KEY, "-days", "1", "-subj", `/CN=${name}`, ...out);
    return { certificate, key };
  };
  const signed = (name: string, by: ReturnType<typeof files>, extension: string) => {
    const { certificate, key } = files(name);
    const [request, extensions] = [join(folder, `${name}.csr`), join(folder, `${name}.ext`)];
    writeFileSync(extensions, `${extension}\n`);
    openssl("req", "-new", ...NEW_KEY, "-subj", `/CN=${name}`, "-keyout", key, "-out", request);
    const signer = ["-CA", by.certificate, "-CAkey", by.key, "-CAcreateserial", "-days", "1"];
    openssl("x509", "-req", "-in", request, ...signer, "-extfile", extensions, "-out", certificate);
    return { certificate, key };
  };
  const ca = authority("authority");
  return {
    ca: ca.certificate,
    server: signed("server", ca, "subjectAltName = DNS:localhost, DNS:stonex.test"),
    client: signed("client", ca, "extendedKeyUsage = clientAuth"),
    /** That of a client which another authority signed. */
    stranger: signed("stranger", authority("other"), "extendedKeyUsage = clientAuth"),
  };
}
