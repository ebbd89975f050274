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

const CREDENTIAL =
  /^(?:(?<own>body|query|header|cookie):)?(?!grant\??=)(?<credential>[a-z][A-Za-z0-9]*)(?<mark>\?)?=(?<name>[\w.-]+(?:\/[\w.-]+)*)$/;
const CONSTANT = /^(?:(?<place>body|query|header):)?(?<name>[\w.-]+(?:\/[\w.-]+)*)(?<sign>:?=)(?<text>.+)$/;
const COMPANION = /^(?:(?<place>header|cookie):)?(?<credential>[a-z][A-Za-z0-9]*)=(?<name>[\w.-]+)$/;

/** Reads `clientId=client_id,header:apiKey=X-Api-Key`; `undefined` if it is something else. */
export function readCredentials(text: string, place: Place): CredentialAnswer[] | undefined {
  return readList(text, CREDENTIAL)?.map(({ own = place, credential = "", mark, name = "" }) => {
    return { place: own as Place, credential, name, required: mark === undefined };
  });
}

/** Reads `grant_type=client_credentials,query:mode=live,version:=2`, where `:=` is followed by JSON. */
export function readConstants(text: string): ConstantAnswer[] | undefined {
  const all = readList(text, CONSTANT)?.map(({ place = "body", name = "", sign, text = "" }) => {
    return { place: place as Place, name, value: sign === "=" ? text : parsed(text) };
  });
  return all?.every(({ value }) => value !== undefined) ? all : undefined;
}

/** Reads `apiKey=X-Api-Key,cookie:device=device_id`: what goes along with the token. */
export function readCompanions(text: string): (ApiPlace & { readonly credential: string })[] | undefined {
  return readList(text, COMPANION)?.map(({ place = "header", credential = "", name = "" }) => {
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

/** Reads an `https` URL below which paths may lie, in which `{name}` stands for a setting of each customer. */
export function readBaseUrl(text: string): string | undefined {
  const filled = text.replace(/\{[a-z][A-Za-z0-9]*\}/g, "x");
  if (/[{}]/.test(filled) || !URL.canParse(filled)) return undefined;
  const { protocol, search, hash, username } = new URL(filled);
  return protocol === "https:" && `${search}${hash}${username}` === "" ? text.replace(/\/$/, "") : undefined;
}

/** Whether a text is a JSON pointer into an object. */
export function isPointer(text: string): boolean {
  return /^(\/[A-Za-z_][\w-]*)+$/.test(text);
}

/** Whether a text is a whole number of seconds. */
export function isSeconds(text: string): boolean {
  return /^[1-9]\d*$/.test(text);
}

/** Whether one of two paths, such as JSON pointers, leads to the other. */
export function overlap(one: string, other: string): boolean {
  return `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`);
}

/** The names in braces of a URL or path. */
export function namesInBraces(text: string): string[] {
  return [...text.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => name);
}

/** What the named groups of a pattern find in each item of a list; `undefined` if one of them is something else. */
function readList(text: string, item: RegExp): Partial<Record<string, string>>[] | undefined {
  if (text === NONE) return [];
  const all = text.split(",").map((one) => item.exec(one)?.groups);
  return all.every((one) => one !== undefined) ? all : undefined;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
