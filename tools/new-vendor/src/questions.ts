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

/** One question: a flag of the command, what is asked, and the default answer. */
export interface Question {
  readonly flag: string;
  readonly ask: string;
  /** The default: the answer itself, or a description of what `presetFor` finds. */
  readonly preset: string;
  /** The default, if it depends on other answers. */
  readonly presetFor?: (given: Given) => string;
  /** What is expected instead of an answer that cannot be used. */
  readonly problem: (answer: string, given: Given) => string | false | undefined;
  /** Whether the question makes sense after the previous answers. Default: always. */
  readonly isAsked?: (given: Given) => boolean;
}

/** The default answer to a question after these answers. */
export function presetOf({ preset, presetFor }: Question, given: Given): string {
  return presetFor?.(given) ?? preset;
}

const PRESET_NAMES: Readonly<Record<Place, string>> = {
  body: "clientId=client_id,clientSecret=client_secret",
  basic: "clientId=username,clientSecret=password",
  authorization: "appToken=Bearer",
  header: "clientId=X-Client-Id,clientSecret=X-Client-Secret",
  query: "apiKey=api_key",
  cookie: "apiKey=api_key",
  path: NONE,
};

const PLACES = Object.keys(PRESET_NAMES);
/** Grants whose request says in `grant_type` which one it is. */
const RFC_GRANTS = ["client_credentials", "password", "refresh_token", "authorization_code"];

/** The questions, in the order in which they are asked. */
export const QUESTIONS: readonly Question[] = [
  {
    flag: "title",
    ask: "What is the vendor called?",
    preset: "the slug in words",
    presetFor: ({ slug = "" }) =>
      slug.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => ` ${letter.toUpperCase()}`).trim(),
    problem: (answer) => !/^[^\r\n]{1,80}$/.test(answer) && "a name on one line, such as Acme Pay",
  },
  {
    flag: "base-url",
    ask: "Below which URL are tokens issued? ({name} in it is a setting of each customer; none, where no host is published)",
    preset: NONE,
    problem: (answer) =>
      !(answer === NONE || isBaseUrl(answer)) &&
      "an https URL without query, such as https://api.acme.example or https://{tenant}.acme.example, or none",
  },
  {
    flag: "api-url",
    ask: "Below which URL is its API? (same, or another URL)",
    preset: "same",
    problem: (answer) =>
      !(answer === "same" || isBaseUrl(answer)) && "an https URL such as https://api.acme.example, or same",
    isAsked: ({ "base-url": url }) => url !== NONE,
  },
  {
    flag: "method",
    ask: "By which method? (POST or GET)",
    preset: "POST",
    problem: oneOf("POST", "GET"),
  },
  {
    flag: "path",
    ask: "Which path issues tokens? ({name} in it is a credential)",
    preset: "/oauth/token",
    problem: (answer) =>
      !/^(\/([\w.~-]|\{[A-Za-z][\w-]*\})+)+\/?$/.test(answer) &&
      "a path such as /oauth/token or /v1/{tenantId}/token",
  },
  {
    flag: "grant",
    ask: "Which grant is it? (of RFC 6749, or a word such as login)",
    preset: "client_credentials",
    problem: (answer) =>
      !/^[a-z][a-z0-9_:./-]*$/.test(answer) && "a grant such as client_credentials or login",
  },
  {
    flag: "credentials",
    ask: `Where do the credentials go? (${PLACES.join(", ")})`,
    preset: "body",
    problem: (answer, { method, path = "" }) =>
      answer === "body" && method === "GET"
        ? "another place than the body, since the request is a GET"
        : answer === "path" && namesInBraces(path).length === 0
          ? "a place other than path, since the path has no {name}"
          : oneOf(...PLACES)(answer),
  },
  {
    flag: "names",
    ask: "What are they called here and on the wire? (for basic name=username,name=password; place:name=wire-name for one that goes elsewhere, name?= for one that may be left out, a/b for b in the object a)",
    preset: `${PRESET_NAMES.body} in a body`,
    presetFor: ({ credentials }) => PRESET_NAMES[credentials as Place],
    problem: namesProblem,
  },
  {
    flag: "encoding",
    ask: "How does HTTP Basic send them? (form-encoded as in RFC 6749, or raw)",
    preset: "form",
    problem: oneOf("form", "raw"),
    isAsked: ({ credentials }) => credentials === "basic",
  },
  {
    flag: "media-type",
    ask: "In which format is the request body? (json, form, or none if there is no body)",
    preset: "form, or none where no credential goes in the body",
    presetFor: (given) => (given.method !== "GET" && (hasBody(given) || isAuthorized(given)) ? "form" : NONE),
    problem: mediaTypeProblem,
  },
  {
    flag: "constants",
    ask: "What is the same in each request? (none, or name=text, name:=JSON, place:name=text)",
    preset: "grant_type in a form, else none",
    presetFor: ({ "media-type": type, grant = "", ...given }) => {
      const isUsual = type === "form" && RFC_GRANTS.includes(grant);
      return isUsual || (type === "json" && !hasBody(given)) ? `grant_type=${grant}` : NONE;
    },
    problem: constantsProblem,
  },
  {
    flag: "token",
    ask: "Where in the response is the token? (a JSON pointer, body if it is the whole body, or header:name)",
    preset: "/access_token",
    problem: (answer) =>
      !isResponsePlace(answer) && "a JSON pointer such as /data/token, body or header:X-Token",
  },
  {
    flag: "expiry",
    ask: "Where in the response is the expiry? (a JSON pointer, none, or the seconds that the documentation states)",
    preset: "expires_in beside the token",
    presetFor: ({ token = "" }) => (isPointer(token) ? token.replace(/[^/]*$/, "expires_in") : NONE),
    problem: (answer, { token = "" }) => {
      if (answer === NONE || isSeconds(answer)) return undefined;
      if (!isPointer(answer)) return "a JSON pointer such as /data/expires_in, none, or seconds such as 1800";
      if (token === "body") return "none or seconds, since the body is the token";
      return overlap(answer, token) && "another place than that of the token";
    },
  },
  {
    flag: "expiry-format",
    ask: "What is the expiry? (seconds to live, or a moment: iso, epoch-seconds or epoch-milliseconds)",
    preset: "seconds",
    problem: oneOf("seconds", "iso", "epoch-seconds", "epoch-milliseconds"),
    isAsked: ({ expiry = "" }) => isPointer(expiry),
  },
  {
    flag: "presentation",
    ask: "How do calls of the API carry the token? (bearer, scheme:Token, header:X-Token or cookie:session)",
    preset: "bearer",
    problem: (answer) =>
      !readPresentation(answer) && "bearer, scheme:Token, header:X-Token or cookie:session",
  },
  {
    flag: "companions",
    ask: "Which credentials do they carry beside it? (none, or such as apiKey=X-Api-Key)",
    preset: NONE,
    problem: (answer) => {
      const all = readCompanions(answer);
      if (!all) return "none, or credentials and their headers, such as apiKey=X-Api-Key";
      const names = new Set(all.map(({ name }) => camelCase(name.toLowerCase())));
      return names.size < all.length && "each header once";
    },
  },
];

function oneOf(...choices: string[]): (answer: string) => string | false {
  return (answer) => !choices.includes(answer) && `one of ${choices.join(", ")}`;
}

function hasBody({ credentials, names }: Given): boolean {
  const all = readCredentials(names ?? PRESET_NAMES[credentials as Place], credentials as Place) ?? [];
  return all.some(({ place }) => place === "body");
}

function isAuthorized({ credentials }: Given): boolean {
  return credentials === "basic" || credentials === "authorization";
}

function namesProblem(answer: string, { credentials }: Given): string | false | undefined {
  const place = credentials as Place;
  const example = `credentials and their names, such as ${PRESET_NAMES[place === "path" ? "header" : place]}`;
  const all = readCredentials(answer, place);
  if (!all) return example;
  if (all.length === 0) return place === "path" ? undefined : example;
  const distinct = (texts: string[]) => new Set(texts.map((text) => text.toLowerCase())).size === all.length;
  const isDistinct =
    distinct(all.map(({ credential }) => credential)) &&
    distinct(all.map((one) => `${one.place} ${one.name}`));
  if (!isDistinct) return `${example}, each name once`;
  const own = all.filter((one) => one.place === place).map(({ name }) => name);
  if (place === "basic" && own.toSorted().join() !== "password,username") return example;
  if (place === "authorization" && own.length !== 1) return `${example}, one of them`;
  if (place === "path" && own.length > 0) return `${example}, since those of the path are known`;
  return own.includes("grant_type") && `${example}; grant_type is not one`;
}

function mediaTypeProblem(answer: string, given: Given): string | false {
  if (given.method === "GET" && answer !== NONE) return "none, since the request is a GET";
  if (hasBody(given) && answer === NONE) return "json or form, since credentials go into the body";
  if (answer === "form" && given.names?.includes("/")) return "json, since a form cannot contain objects";
  return oneOf("json", "form", NONE)(answer);
}

function constantsProblem(answer: string, given: Given): string | undefined {
  const all = readConstants(answer);
  if (!all) return "none, or names and values, such as grant_type=client_credentials,query:mode=live";
  const inBody = all.some(({ place }) => place === "body");
  if (inBody && given["media-type"] === NONE) return "no constant in the body, since there is none";
  if (!inBody && given["media-type"] !== NONE && !hasBody(given)) {
    return "a constant in the body, which would be empty, such as grant_type=client_credentials";
  }
  return undefined;
}
