import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { jwtVerify } from "jose";
import type { AssertionAlgorithm } from "../src/algorithms.ts";

export const RSA = generateKeyPairSync("rsa", { modulusLength: 2048 });
export const P256 = generateKeyPairSync("ec", { namedCurve: "P-256" });
export const P384 = generateKeyPairSync("ec", { namedCurve: "P-384" });
export const P521 = generateKeyPairSync("ec", { namedCurve: "P-521" });
export const ED25519 = generateKeyPairSync("ed25519");
export const START = Date.UTC(2026, 0, 1);
export const WHO = { clientId: "app-4711", audience: "https://auth.acme.test/token" };

export const pem = (key: KeyObject) => key.export({ type: "pkcs8", format: "pem" }) as string;
export const PEM = pem(RSA.privateKey);
export const verified = (jwt: string, key: KeyObject, at = START) =>
  jwtVerify(jwt, key, { currentDate: new Date(at), audience: WHO.audience });

/** The algorithm as Web Crypto names it. */
export function webAlgorithm(algorithm: AssertionAlgorithm) {
  const hash = `SHA-${algorithm.slice(2)}`;
  if (algorithm.startsWith("RS")) return { name: "RSASSA-PKCS1-v1_5", hash };
  if (algorithm.startsWith("PS")) return { name: "RSA-PSS", hash };
  const curves: Record<string, string> = { ES256: "P-256", ES384: "P-384", ES512: "P-521" };
  const namedCurve = curves[algorithm];
  return namedCurve ? { name: "ECDSA", namedCurve } : { name: "Ed25519" };
}
