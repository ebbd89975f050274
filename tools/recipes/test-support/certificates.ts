import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Files with a throw-away certificate authority, and what it signed for a server on loopback and for a client. */
export interface Certificates {
  readonly ca: string;
  readonly server: KeyPair;
  readonly client: KeyPair;
  /** That of a client which another authority signed. */
  readonly stranger: KeyPair;
}

interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

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

/** Makes certificates with openssl, which expire after a day. */
export function makeCertificates(folder: string): Certificates {
  const openssl = (...words: string[]) => execFileSync("openssl", words, { cwd: folder, stdio: "pipe" });
  const authority = (name: string): KeyPair => {
    const pair = files(name);
    const made = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-days", "1"];
    openssl("req", "-x509", ...made, "-subj", `/CN=${name}`, "-keyout", pair.key, "-out", pair.certificate);
    return pair;
  };
  const signed = (name: string, by: KeyPair, extension: string): KeyPair => {
    const pair = files(name);
    const [request, extensions] = [join(folder, `${name}.csr`), join(folder, `${name}.ext`)];
    writeFileSync(extensions, `${extension}\n`);
    const made = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc"];
    openssl("req", "-new", ...made, "-subj", `/CN=${name}`, "-keyout", pair.key, "-out", request);
    const signer = ["-CA", by.certificate, "-CAkey", by.key, "-CAcreateserial", "-days", "1"];
    openssl("x509", "-req", "-in", request, ...signer, "-extfile", extensions, "-out", pair.certificate);
    return pair;
  };
  const files = (name: string): KeyPair => ({
    certificate: join(folder, `${name}.crt`),
    key: join(folder, `${name}.key`),
  });
  const ca = authority("authority");
  return {
    ca: ca.certificate,
    server: signed("server", ca, "subjectAltName = DNS:localhost, DNS:stonex.test"),
    client: signed("client", ca, "extendedKeyUsage = clientAuth"),
    stranger: signed("stranger", authority("other"), "extendedKeyUsage = clientAuth"),
  };
}
