/**
 * A vendor's slug, the name of a grant or of a credential as part of an identifier: `"acme-pay"` is `"AcmePay"`, `"3ds"` is
 * `"V3ds"`.
 */
export function pascalCase(name: string): string {
  return name
    .replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase())
    .replace(/[^A-Za-z0-9]/g, "")
    .replace(/^\d/, "V$&");
}

/** A name on the wire as one of a credential: `"X-Api-Key"` is `"xApiKey"`. */
export function camelCase(name: string): string {
  return name
    .replace(/[^A-Za-z0-9]+(.)/g, (_, letter: string) => letter.toUpperCase())
    .replace(/^[A-Z]/, (letter) => letter.toLowerCase());
}

/** The environment variable that contains a vendor's credential, such as `"STONEX_CLIENT_ID"`. */
export function environmentVariable(vendor: string, credential: string): string {
  return `${vendor}_${credential.replace(/[A-Z]/g, "_$&")}`
    .replaceAll("-", "_")
    .replace(/^\d/, "v$&")
    .toUpperCase();
}
