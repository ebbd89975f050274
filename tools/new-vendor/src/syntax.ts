/** Where a token request carries a value; `basic` is HTTP Basic authentication, `authorization` that header after a scheme. */
export type Place = "body" | "query" | "header" | "cookie" | "path" | "basic" | "authorization";

/** A credential: its name for the caller, where it goes, and under which name. */
export interface CredentialAnswer {
  readonly place: Place;
  readonly credential: string;
  /** In a JSON body `/` leads into an object; for `basic` it is `username` or `password`, for `authorization` the scheme. */
  readonly name: string;
  readonly required: boolean;
}

/** A value that is the same in each request. */
export interface ConstantAnswer {
  readonly place: Place;
  readonly name: string;
  readonly value: unknown;
}

/** Where calls of the API carry something. */
export interface ApiPlace {
  readonly in: "header" | "cookie";
  readonly name: string;
}

/** The answer for an empty list, and for what a vendor does not have. */
export const NONE = "none";

/** Reads `clientId=client_id,header:apiKey=X-Api-Key`; `undefined` if it is something else. */
export function readCredentials(text: string, place: Place): CredentialAnswer[] | undefined {
  return readList(text, (item) => {
    const [, own, credential, mark, name] =
      /^(?:(body|query|header|cookie):)?([a-z][A-Za-z0-9]*)(\?)?=([\w.-]+(?:\/[\w.-]+)*)$/.exec(item) ?? [];
    if (credential === undefined || name === undefined || credential === "grant") return undefined;
    return { place: (own as Place | undefined) ?? place, credential, name, required: mark === undefined };
  });
}

/** Reads `grant_type=client_credentials,query:mode=live,version:=2`, where `:=` is followed by JSON. */
export function readConstants(text: string): ConstantAnswer[] | undefined {
  return readList(text, (item) => {
    const [, place = "body", name, sign, value] =
      /^(?:(body|query|header):)?([\w.-]+(?:\/[\w.-]+)*)(:?=)(.+)$/.exec(item) ?? [];
    if (name === undefined || value === undefined) return undefined;
    const read = sign === "=" ? value : parsed(value);
    return read === undefined ? undefined : { place: place as Place, name, value: read };
  });
}

/** Reads `apiKey=X-Api-Key,cookie:device=device_id`: what goes along with the token. */
export function readCompanions(text: string): (ApiPlace & { readonly credential: string })[] | undefined {
  return readList(text, (item) => {
    const [, place = "header", credential, name] =
      /^(?:(header|cookie):)?([a-z][A-Za-z0-9]*)=([\w.-]+)$/.exec(item) ?? [];
    if (credential === undefined || name === undefined) return undefined;
    return { in: place as ApiPlace["in"], credential, name };
  });
}

/** Reads `bearer`, `scheme:Token`, `header:X-Token` or `cookie:session`; a scheme is a word in `Authorization`. */
export function readPresentation(text: string): ApiPlace | { readonly scheme: string } | undefined {
  if (text === "bearer") return { scheme: text };
  const [, place, name] = /^(scheme|header|cookie):([\w.-]+)$/.exec(text) ?? [];
  if (name === undefined) return undefined;
  return place === "scheme" ? { scheme: name } : { in: place as ApiPlace["in"], name };
}

/** Where a response holds something: at a JSON pointer of its body, in a header, or the body is it. */
export function isResponsePlace(text: string): boolean {
  return isPointer(text) || text === "body" || /^header:[\w-]+$/.test(text);
}

/** Whether a text is a JSON pointer into an object. */
export function isPointer(text: string): boolean {
  return /^(\/[A-Za-z_][\w-]*)+$/.test(text);
}

/** Whether a text is a whole number of seconds. */
export function isSeconds(text: string): boolean {
  return /^[1-9]\d*$/.test(text);
}

/** Whether one of two JSON pointers leads to the other. */
export function overlap(one: string, other: string): boolean {
  return `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`);
}

/** Whether paths may lie below a URL, in which `{name}` stands for a setting of each customer. */
export function isBaseUrl(text: string): boolean {
  const filled = text.replace(/\{[a-z][A-Za-z0-9]*\}/g, "x");
  if (/[{}]/.test(filled) || !URL.canParse(filled)) return false;
  const { protocol, search, hash, username } = new URL(filled);
  return protocol === "https:" && `${search}${hash}${username}` === "";
}

/** The names in braces of a URL or path. */
export function namesInBraces(text: string): string[] {
  return [...text.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => name);
}

/** A name on the wire as one of a credential: `"X-Api-Key"` is `"xApiKey"`. */
export function camelCase(name: string): string {
  return name
    .replace(/[^A-Za-z0-9]+(.)/g, (_, letter: string) => letter.toUpperCase())
    .replace(/^[A-Z]/, (letter) => letter.toLowerCase());
}

/** The items of a list; `undefined` if one of them cannot be read. */
function readList<Item>(text: string, read: (item: string) => Item | undefined): Item[] | undefined {
  if (text === NONE) return [];
  const all = text.split(",").map(read);
  return all.every((one) => one !== undefined) ? all : undefined;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
