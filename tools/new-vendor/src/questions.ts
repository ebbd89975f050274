import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import {
  camelCase,
  isBaseUrl,
  isPointer,
  isResponsePlace,
  isSeconds,
  NONE,
  namesInBraces,
  overlap,
  type Place,
  readCompanions,
  readConstants,
  readCredentials,
  readPresentation,
} from "./syntax.ts";

/** Answers by flag, as they are typed. */
export type Given = Readonly<Record<string, string | undefined>>;

/** One question of `questions.yaml`, which explains the members. */
export interface Question {
  readonly flag: string;
  readonly ask: string;
  readonly preset: string;
  readonly choices?: readonly string[];
  readonly pattern?: string;
  readonly expected?: string;
}

/** The questions, in the order in which they are asked. */
export const QUESTIONS: readonly Question[] = parse(
  readFileSync(join(import.meta.dirname, "questions.yaml"), "utf8"),
);

/** The default answer to a question after these answers. */
export function presetOf({ flag, preset }: Question, given: Given): string {
  return PRESETS[flag]?.(given) ?? preset;
}

/** Whether a question makes sense after these answers. */
export function isAsked({ flag }: Question, given: Given): boolean {
  if (flag === "api-url") return given["base-url"] !== NONE;
  if (flag === "encoding") return given.credentials === "basic";
  return flag !== "expiry-format" || isPointer(given.expiry ?? "");
}

/** What is expected instead of an answer that cannot be used. */
export function problemOf(question: Question, answer: string, given: Given): string | undefined {
  const { flag, choices, pattern, expected } = question;
  if (choices && !choices.includes(answer)) return `one of ${choices.join(", ")}`;
  if (pattern && !new RegExp(pattern).test(answer)) return expected;
  if (FORMATS[flag]?.(answer) === false) return expected;
  return PROBLEMS[flag]?.(answer, given);
}

const NAMES: Readonly<Record<Place, string>> = {
  body: "clientId=client_id,clientSecret=client_secret",
  basic: "clientId=username,clientSecret=password",
  authorization: "appToken=Bearer",
  header: "clientId=X-Client-Id,clientSecret=X-Client-Secret",
  query: "apiKey=api_key",
  cookie: "apiKey=api_key",
  path: NONE,
};

/** Grants whose request says in `grant_type` which one it is. */
const RFC_GRANTS = ["client_credentials", "password", "refresh_token", "authorization_code"];

/** Default answers that depend on others. */
const PRESETS: Readonly<Record<string, (given: Given) => string>> = {
  title: ({ slug = "" }) =>
    slug.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => ` ${letter.toUpperCase()}`).trim(),
  names: ({ credentials }) => NAMES[credentials as Place],
  "media-type": (given) => {
    const isAuthorized = given.credentials === "basic" || given.credentials === "authorization";
    return given.method !== "GET" && (hasBody(given) || isAuthorized) ? "form" : NONE;
  },
  constants: ({ "media-type": type, grant = "", ...given }) => {
    const isUsual = type === "form" && RFC_GRANTS.includes(grant);
    return isUsual || (type === "json" && !hasBody(given)) ? `grant_type=${grant}` : NONE;
  },
  expiry: ({ token = "" }) => (isPointer(token) ? token.replace(/[^/]*$/, "expires_in") : NONE),
};

/** Whether an answer has the format that its question expects. */
const FORMATS: Readonly<Record<string, (answer: string) => boolean>> = {
  "base-url": (answer) => answer === NONE || isBaseUrl(answer),
  "api-url": (answer) => answer === "same" || isBaseUrl(answer),
  token: isResponsePlace,
  presentation: (answer) => readPresentation(answer) !== undefined,
};

/** What is expected instead of an answer, if that depends on the answer or on others. */
const PROBLEMS: Readonly<Record<string, (answer: string, given: Given) => string | undefined>> = {
  credentials(answer, { method, path = "" }) {
    if (answer === "body" && method === "GET")
      return "another place than the body, since the request is a GET";
    const hasNone = answer === "path" && namesInBraces(path).length === 0;
    return hasNone ? "a place other than path, since the path has no {name}" : undefined;
  },

  names(answer, { credentials }) {
    const place = credentials as Place;
    const example = `credentials and their names, such as ${NAMES[place === "path" ? "header" : place]}`;
    const all = readCredentials(answer, place);
    if (!all) return example;
    if (all.length === 0) return place === "path" ? undefined : example;
    const distinct = (texts: string[]) =>
      new Set(texts.map((text) => text.toLowerCase())).size === all.length;
    const isDistinct =
      distinct(all.map(({ credential }) => credential)) &&
      distinct(all.map((one) => `${one.place} ${one.name}`));
    if (!isDistinct) return `${example}, each name once`;
    if (collide(all)) return `${example}, none inside another`;
    const own = all.filter((one) => one.place === place).map(({ name }) => name);
    if (place === "basic" && own.toSorted().join() !== "password,username") return example;
    if (place === "authorization" && own.length !== 1) return `${example}, one of them`;
    if (place === "path" && own.length > 0) return `${example}, since those of the path are known`;
    return own.includes("grant_type") ? `${example}; grant_type is not one` : undefined;
  },

  "media-type"(answer, given) {
    if (given.method === "GET" && answer !== NONE) return "none, since the request is a GET";
    if (hasBody(given) && answer === NONE) return "json or form, since credentials go into the body";
    const isNested = answer === "form" && given.names?.includes("/");
    return isNested ? "json, since a form cannot contain objects" : undefined;
  },

  constants(answer, given) {
    const all = readConstants(answer);
    if (!all) return "none, or names and values, such as grant_type=client_credentials,query:mode=live";
    const inBody = all.some(({ place }) => place === "body");
    if (inBody && given["media-type"] === NONE) return "no constant in the body, since there is none";
    const credentials = readCredentials(given.names ?? NONE, given.credentials as Place) ?? [];
    if (collide([...all, ...credentials]))
      return "names that are not those of other values, none inside another";
    const isEmpty = !inBody && given["media-type"] !== NONE && !hasBody(given);
    return isEmpty
      ? "a constant in the body, which would be empty, such as grant_type=client_credentials"
      : undefined;
  },

  expiry(answer, { token = "" }) {
    if (answer === NONE || isSeconds(answer)) return undefined;
    if (!isPointer(answer)) return "a JSON pointer such as /data/expires_in, none, or seconds such as 1800";
    if (token === "body") return "none or seconds, since the body is the token";
    return overlap(answer, token) ? "another place than that of the token" : undefined;
  },

  companions(answer) {
    const all = readCompanions(answer);
    if (!all) return "none, or credentials and their headers, such as apiKey=X-Api-Key";
    const names = new Set(all.map(({ name }) => camelCase(name.toLowerCase())));
    return names.size < all.length ? "each header once" : undefined;
  },
};

/** Whether a request would carry two values under one name, or one inside of another. */
function collide(values: readonly { readonly place: Place; readonly name: string }[]): boolean {
  const names = values.map(({ place, name }) => `${place}/${name}`.toLowerCase());
  return names.some((name, index) => names.slice(index + 1).some((other) => overlap(name, other)));
}

function hasBody({ credentials, names }: Given): boolean {
  const all = readCredentials(names ?? NAMES[credentials as Place], credentials as Place) ?? [];
  return all.some(({ place }) => place === "body");
}
