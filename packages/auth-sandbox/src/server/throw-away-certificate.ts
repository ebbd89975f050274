import { createRequire } from "node:module";
import { isIP } from "node:net";

/** A server's certificate, its key, and the certificate of the CA that signed it; all PEM. */
export interface ThrowAwayCertificate {
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
}

const LIFETIME = 30 * 24 * 60 * 60 * 1000;
const KEY = { keyType: "ec", algorithm: "sha256" } as const;
const LOOPBACK = ["localhost", "127.0.0.1", "::1"];

/**
 * Makes a certificate for host names or addresses, and for loopback, that is valid for 30 days. The key of its CA is
 * discarded: trusting this CA means trusting this certificate and no other.
 */
export async function throwAwayCertificate(
  hosts: readonly string[],
  now: number,
): Promise<ThrowAwayCertificate> {
  // Loaded only when needed, since it takes longer to load than all the rest.
  const { generate }: typeof import("selfsigned") = createRequire(import.meta.url)("selfsigned");
  // A caller's clock may be slightly behind.
  const dates = { notBeforeDate: new Date(now - 60 * 60 * 1000), notAfterDate: new Date(now + LIFETIME) };
  const authority = await generate([{ name: "commonName", value: "auth-sandbox, thrown away" }], {
    ...KEY,
    ...dates,
    extensions: [
      { name: "basicConstraints", cA: true, pathLenConstraint: 0, critical: true },
      { name: "keyUsage", keyCertSign: true, critical: true },
    ],
  });
  const altNames = [...new Set([...hosts, ...LOOPBACK])].map((host) =>
    isIP(host) === 0 ? { type: 2 as const, value: host } : { type: 7 as const, ip: host },
  );
  const server = await generate([{ name: "commonName", value: hosts[0] ?? "localhost" }], {
    ...KEY,
    ...dates,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      { name: "subjectAltName", altNames },
    ],
  });
  return { cert: server.cert, key: server.private, ca: authority.cert };
}
