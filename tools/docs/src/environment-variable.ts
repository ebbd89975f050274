/** The environment variable that holds a vendor's credential, such as STONEX_CLIENT_ID. */
export function environmentVariable(vendor: string, credential: string): string {
  return `${vendor}_${credential.replace(/[A-Z]/g, "_$&")}`.replaceAll("-", "_").toUpperCase();
}
