import { readFileSync } from "node:fs";
import { join } from "node:path";
import { camelCase } from "@org/vendors";
import { parse } from "yaml";
import {
  type ApiPlace,
  type ConstantAnswer,
  type CredentialAnswer,
  isPointer,
  isSeconds,
  NONE,
  namesInBraces,
  overlap,
  type Place,
  readBaseUrl,
  readCompanions,
  readConstants,
  readCredentials,
  readPresentation,
} from "./syntax.ts";

/** What must be known about a vendor before its specification can be written. */
export interface Answers {
  /** The vendor in names of files, packages and code, such as `acme-pay`. */
  readonly slug: string;
  readonly title: string;
  /** Where tokens are issued; `none` if the vendor publishes no host. */
  readonly baseUrl: string;
  /** Where the API is; the same as `baseUrl` in most. */
  readonly apiUrl: string;
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly grant: string;
  /** Where credentials go that say nothing else. */
  readonly place: Place;
  /** Those of the path first. */
  readonly credentials: readonly CredentialAnswer[];
  /** How HTTP Basic authentication sends its parts. */
  readonly encoding: "form" | "raw";
  readonly mediaType: "json" | "form" | "none";
  readonly constants: readonly ConstantAnswer[];
  /** A JSON pointer, `body`, or `header:` and a name. */
  readonly token: string;
  /** A JSON pointer, `none`, or the seconds that the documentation states if no response does. */
  readonly expiry: string;
  readonly expiryFormat: "seconds" | "iso" | "epoch-seconds" | "epoch-milliseconds";
  readonly presentation: ApiPlace | { readonly scheme: string };
  /** Credentials that each call of the API carries besides the token. */
  readonly companions: readonly (ApiPlace & { readonly credential: string })[];
}

/** One question of `questions.yaml`, which explains the members. */
export interface Question {
  readonly flag: string;
  readonly answer?: string;
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
export function presetOf({ flag, preset }: Question, answers: Answers): string {
  return RULES[flag]?.preset?.(answers) ?? preset;
}

/** Whether a question makes sense after these answers. */
export function isAsked({ flag }: Question, answers: Answers): boolean {
  return RULES[flag]?.isAsked?.(answers) ?? true;
}

/** These answers and one more; or what is expected, if that cannot be used. */
export function withAnswer(answers: Answers, question: Question, text: string): Answers | string {
  const { flag, answer = camelCase(flag), choices, pattern } = question;
  const { read, problem, expected = () => question.expected } = RULES[flag] ?? {};
  if (choices && !choices.includes(text)) return `one of ${choices.join(", ")}`;
  const value = read ? read(text, answers) : text;
  if (value === undefined || (pattern && !new RegExp(pattern).test(text))) return expected(answers) ?? "";
  const next = { ...answers, [answer]: value };
  return problem?.(next) ?? next;
}

/** What `questions.yaml` cannot say about a question. */
interface Rule {
  /** Whether it makes sense after the answers before it. */
  isAsked?(answers: Answers): boolean;
  /** The default answer, if that depends on the answers before it. */
  preset?(answers: Answers): string;
  /** What is expected, if that depends on the answers before it. */
  expected?(answers: Answers): string | undefined;
  /** What a text means; `undefined` if it is not what is expected. */
  read?(text: string, answers: Answers): unknown;
  /** What is expected instead of the last one of these answers, if it does not suit them. */
  problem?(answers: Answers): string | undefined;
}

const RULES: Readonly<Record<string, Rule>> = {
  title: {
    preset: ({ slug }) =>
      slug.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => ` ${letter.toUpperCase()}`).trim(),
  },

  "base-url": { read: (text) => (text === NONE ? text : readBaseUrl(text)) },

  "api-url": {
    isAsked: ({ baseUrl }) => baseUrl !== NONE,
    read: (text, { baseUrl }) => (text === "same" ? baseUrl : readBaseUrl(text)),
  },

  credentials: {
    problem({ place, method, path }) {
      if (place === "body" && method === "GET")
        return "another place than the body, since the request is a GET";
      const hasNone = place === "path" && namesInBraces(path).length === 0;
      return hasNone ? "a place other than path, since the path has no {name}" : undefined;
    },
  },

  names: {
    preset: ({ place }) => NAMES[place],
    expected: exampleOfNames,
    read(text, { path, place }) {
      const inPath = namesInBraces(path).map((name) => {
        return { place: "path", credential: camelCase(name), name, required: true };
      });
      const named = readCredentials(text, place);
      return named && [...inPath, ...named];
    },
    problem: problemOfNames,
  },

  encoding: { isAsked: ({ place }) => place === "basic" },

  "media-type": {
    preset({ method, place, credentials }) {
      const isAuthorized = place === "basic" || place === "authorization";
      return method !== "GET" && (hasBody(credentials) || isAuthorized) ? "form" : NONE;
    },
    problem({ method, mediaType, credentials }) {
      if (method === "GET" && mediaType !== NONE) return "none, since the request is a GET";
      if (hasBody(credentials) && mediaType === NONE)
        return "json or form, since credentials go into the body";
      const isNested = mediaType === "form" && credentials.some(({ name }) => name.includes("/"));
      return isNested ? "json, since a form cannot contain objects" : undefined;
    },
  },

  constants: {
    preset({ mediaType, grant, credentials }) {
      const isUsual = mediaType === "form" && RFC_GRANTS.includes(grant);
      return isUsual || (mediaType === "json" && !hasBody(credentials)) ? `grant_type=${grant}` : NONE;
    },
    read: readConstants,
    problem({ mediaType, credentials, constants }) {
      if (hasBody(constants) && mediaType === NONE) return "no constant in the body, since there is none";
      if (collide([...constants, ...credentials]))
        return "names that are not those of other values, none inside another";
      const isEmpty = mediaType !== NONE && !hasBody([...constants, ...credentials]);
      return isEmpty
        ? "a constant in the body, which would be empty, such as grant_type=client_credentials"
        : undefined;
    },
  },

  token: {
    read: (text) => (isPointer(text) || /^(body|header:[\w-]+)$/.test(text) ? text : undefined),
  },

  expiry: {
    preset: ({ token }) => (isPointer(token) ? token.replace(/[^/]*$/, "expires_in") : NONE),
    read: (text) => (text === NONE || isSeconds(text) || isPointer(text) ? text : undefined),
    problem({ token, expiry }) {
      if (!isPointer(expiry)) return undefined;
      if (token === "body") return "none or seconds, since the body is the token";
      return overlap(expiry, token) ? "another place than that of the token" : undefined;
    },
  },

  "expiry-format": { isAsked: ({ expiry }) => isPointer(expiry) },

  presentation: { read: readPresentation },

  companions: {
    read: readCompanions,
    problem({ companions }) {
      const names = new Set(companions.map(({ name }) => camelCase(name.toLowerCase())));
      return names.size < companions.length ? "each header once" : undefined;
    },
  },
};

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

function exampleOfNames({ place }: Answers): string {
  return `credentials and their names, such as ${NAMES[place === "path" ? "header" : place]}`;
}

function problemOfNames(answers: Answers): string | undefined {
  const { place, path, credentials } = answers;
  const example = exampleOfNames(answers);
  const all = credentials.slice(namesInBraces(path).length);
  const own = all.filter((one) => one.place === place).map(({ name }) => name);
  if (all.length === 0 && place !== "path") return example;
  const names = new Set(all.map(({ credential }) => credential.toLowerCase()));
  const places = new Set(all.map((one) => `${one.place} ${one.name}`.toLowerCase()));
  if (names.size < all.length || places.size < all.length) return `${example}, each name once`;
  if (collide(all)) return `${example}, none inside another`;
  if (place === "basic" && own.toSorted().join() !== "password,username") return example;
  if (place === "authorization" && own.length !== 1) return `${example}, one of them`;
  if (place === "path" && own.length > 0) return `${example}, since those of the path are known`;
  return own.includes("grant_type") ? `${example}; grant_type is not one` : undefined;
}

function hasBody(values: readonly { readonly place: Place }[]): boolean {
  return values.some(({ place }) => place === "body");
}

/** Whether a request would carry two values under one name, or one inside of another. */
function collide(values: readonly { readonly place: Place; readonly name: string }[]): boolean {
  const names = values.map(({ place, name }) => `${place}/${name}`.toLowerCase());
  return names.some((name, index) => names.slice(index + 1).some((other) => overlap(name, other)));
}
