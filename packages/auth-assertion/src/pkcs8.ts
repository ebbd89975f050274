import type { KeyKind } from "./algorithms.ts";

/** What the algorithm identifier of a private key starts with, in hexadecimal: the object identifiers of RFC 8017, 5480 and 8410. */
const KINDS: readonly (readonly [identifier: string, kind: KeyKind])[] = [
  ["06092a864886f70d010101", "RSA"],
  ["06072a8648ce3d020106082a8648ce3d030107", "P-256"],
  ["06072a8648ce3d020106052b81040022", "P-384"],
  ["06072a8648ce3d020106052b81040023", "P-521"],
  ["06032b6570", "Ed25519"],
];

const BROKEN = "one that is truncated or not base64";
const CONVERT = "convert it with openssl pkcs8 -topk8 -nocrypt";

/** A private key in PEM, without the text around it. */
export interface Pkcs8Key {
  readonly kind: KeyKind;
  readonly text: string;
}

/**
 * Finds the private key in a PEM text, which may have certificates and other text around it.
 *
 * @throws {TypeError} for anything but an unencrypted PKCS#8 private key; it never quotes the text.
 * @see {@link https://www.rfc-editor.org/rfc/rfc5958#section-2 RFC 5958, section 2}, and
 * {@link https://www.rfc-editor.org/rfc/rfc7468#section-2 RFC 7468, section 2} for the text around it
 */
export function findPkcs8(pem: string): Pkcs8Key {
  const [text, body = ""] =
    /-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\s]*)-----END PRIVATE KEY-----/.exec(pem) ?? [];
  if (text === undefined) throw unexpected(whatInstead(pem));
  const hex = hexOf(body);
  if (!hex) throw unexpected(BROKEN);
  const identifier = /^30(?:[0-7].|81..|82....)02010[01]30..(.*)/.exec(hex)?.[1] ?? "";
  const kind = KINDS.find(([start]) => identifier.startsWith(start))?.[1];
  if (!kind) throw unexpected("a key that is not RSA, P-256, P-384, P-521 or Ed25519");
  return { kind, text };
}

/** What a text has in which no such key was found. */
function whatInstead(pem: string): string {
  if (pem.includes("\\n")) return 'text with a backslash and an "n" instead of line breaks';
  const labels = [...pem.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----/g)].map(([, label = ""]) => label);
  const keyLabel = labels.find((label) => label.endsWith("PRIVATE KEY"));
  if (keyLabel === "PRIVATE KEY") return BROKEN;
  if (keyLabel !== undefined) return `-----BEGIN ${keyLabel}-----: ${CONVERT}`;
  return labels[0] === undefined ? "text without such a line" : `-----BEGIN ${labels[0]}-----`;
}

/** The bytes in hexadecimal, or `undefined` if they are not base64 or not as many as their own header says. */
function hexOf(base64: string): string | undefined {
  let bytes: Uint8Array;
  try {
    bytes = Uint8Array.from(atob(base64.replace(/\s/g, "")), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const header = /^30(?:([0-7].)|81(..)|82(....))/.exec(hex);
  const length = Number.parseInt(header?.[1] ?? header?.[2] ?? header?.[3] ?? "", 16);
  return header && header[0].length / 2 + length === bytes.length ? hex : undefined;
}

function unexpected(received: string): TypeError {
  return new TypeError(
    `key: expected a PKCS#8 private key that starts with -----BEGIN PRIVATE KEY-----, received ${received}`,
  );
}
