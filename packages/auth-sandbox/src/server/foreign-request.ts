import type { X509Certificate } from "node:crypto";
import { type AddressInfo, isIP } from "node:net";
import { refused, type SandboxResponse, valueResponse } from "../messages.ts";

/** Refuses a request that a page of another site may have sent: returns the response, or `undefined` to let it pass. */
export type ForeignCheck = (headers: Readonly<Record<string, string>>) => SandboxResponse | undefined;

const HOST = /^(?:\[([\da-f:.]+)\]|([^\s:@[\]/?#\\]+))(?::(\d+))?$/;
const READING: readonly string[] = ["GET", "HEAD"];

/**
 * Makes a check of the `Host` header. An attacker who points a domain name at this machine (DNS rebinding) makes the browser
 * treat the sandbox as part of the attacker's site and read its responses; but the browser still sends that name as `Host`.
 *
 * A sandbox that is bound to all addresses is meant to be reached from elsewhere, through mapped ports and addresses that it
 * does not know. No page can rebind an address, so any address is accepted then. So is any name in the certificate: it
 * contains no attacker's name.
 */
export function hostCheck(host: string, bound: AddressInfo, certificate?: X509Certificate): ForeignCheck {
  const everywhere = bound.address === "0.0.0.0" || bound.address === "::";
  const own = ["localhost", "::1", host.toLowerCase(), bound.address];
  const expected = everywhere
    ? "an address or localhost; to be called by another name, listen on that name, or serve https with a certificate for it"
    : `${hostOf(bound)}, or another loopback name with this port`;

  return ({ host: received }) => {
    const [, address, name = address ?? "", port = certificate ? "443" : "80"] =
      HOST.exec(received?.toLowerCase() ?? "") ?? [];
    const isOwn =
      own.includes(name) ||
      (isIP(name) === 4 && name.startsWith("127.")) ||
      (name !== "" && certificate?.checkHost(name) !== undefined);
    if (everywhere ? isOwn || isIP(name) !== 0 : isOwn && Number(port) === bound.port) return undefined;
    const reason = `the Host header must be ${expected}`;
    // RFC 9110 section 15.5.20: this server does not speak for that host.
    return refused(
      valueResponse(421, {
        error: `${reason}, got ${received === undefined ? "none" : JSON.stringify(received)}`,
      }),
      reason,
    );
  };
}

/**
 * Refuses a change that a page of another site requests (cross-site request forgery): a browser sends a plain POST without
 * a preflight. Programs other than browsers send neither header.
 */
export function crossSite(
  method: string,
  headers: Readonly<Record<string, string>>,
  ownOrigin: string,
): SandboxResponse | undefined {
  const { origin = ownOrigin, "sec-fetch-site": site = "same-origin" } = headers;
  if (READING.includes(method) || (origin === ownOrigin && site === "same-origin")) return undefined;
  const error =
    "the control endpoint takes no request from a page of another site; send it from a program, or from a page of the sandbox";
  return refused(valueResponse(403, { error }), error);
}

/** An address and port as in a URL. */
export function hostOf({ address, port }: AddressInfo): string {
  return `${address.includes(":") ? `[${address}]` : address}:${port}`;
}
