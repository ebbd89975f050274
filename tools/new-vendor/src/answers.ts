import { UsageProblem } from "@org/vendors";

/** Where the credentials of a token request go. */
export type Place = "body" | "basic" | "header" | "query";

/** How a response says until when a token lives. */
export type Expiry = "seconds" | "iso" | "epoch-seconds" | "epoch-milliseconds";

/** What there is to know about a vendor before its specification can be written. */
export interface Answers {
  /** The vendor in names of files, packages and code, such as `acme-pay`. */
  readonly slug: string;
  readonly title: string;
  /** `none` where the vendor publishes no host. */
  readonly baseUrl: string;
  readonly path: string;
  readonly credentials: Place;
  /** Credential -> its name on the wire; for HTTP Basic the names on the wire are `username` and `password`. */
  readonly names: Readonly<Record<string, string>>;
  readonly mediaType: "json" | "form" | "none";
  /** JSON pointer of the access token in the response. */
  readonly token: string;
  /** JSON pointer of the expiry in the response. */
  readonly expiry: string;
  readonly expiryFormat: Expiry;
}

/** One question: a flag of the command, what is asked, and what is meant by no answer. */
export interface Question {
  readonly flag: string;
  readonly ask: string;
  readonly preset: (given: Given) => string;
  /** What is wrong with an answer, if anything. */
  readonly problem: (answer: string, given: Given) => string | undefined;
}

/** Answers by flag, as they are typed. */
export type Given = Readonly<Record<string, string | undefined>>;

const PRESET_NAMES: Readonly<Record<Place, string>> = {
  body: "clientId=client_id,clientSecret=client_secret",
  basic: "clientId=username,clientSecret=password",
  header: "clientId=X-Client-Id,clientSecret=X-Client-Secret",
  query: "apiKey=api_key",
};

/** The questions, in the order in which they are asked. */
export const QUESTIONS: readonly Question[] = [
  {
    flag: "title",
    ask: "What is the vendor called?",
    preset: ({ slug = "" }) =>
      slug.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => ` ${letter.toUpperCase()}`).trim(),
    problem: (answer) =>
      /^[^\r\n]{1,80}$/.test(answer) ? undefined : "a name on one line, such as Acme Pay",
  },
  {
    flag: "base-url",
    ask: "Below which URL do its paths lie? (none, where it publishes no host)",
    preset: () => "none",
    problem: (answer) =>
      answer === "none" || isBaseUrl(answer)
        ? undefined
        : "an https URL without query, such as https://api.acme.example, or none",
  },
  {
    flag: "path",
    ask: "Which path issues tokens?",
    preset: () => "/oauth/token",
    problem: (answer) => (/^(\/[\w.~-]+)+$/.test(answer) ? undefined : "a path such as /oauth/token"),
  },
  {
    flag: "credentials",
    ask: "Where do the credentials go? (body, basic, header or query)",
    preset: () => "body",
    problem: oneOf("body", "basic", "header", "query"),
  },
  {
    flag: "names",
    ask: "Which credentials are there, and what are they called on the wire?",
    preset: ({ credentials }) => PRESET_NAMES[credentials as Place],
    problem: (answer, { credentials }) => namesProblem(answer, credentials as Place),
  },
  {
    flag: "media-type",
    ask: "In which format is the request body? (json, form, or none where there is no body)",
    preset: ({ credentials }) => (credentials === "header" || credentials === "query" ? "none" : "form"),
    problem: (answer, { credentials }) =>
      credentials === "body" && answer === "none"
        ? "json or form, since the credentials go into the body"
        : oneOf("json", "form", "none")(answer),
  },
  {
    flag: "token",
    ask: "Where in the response is the token? (a JSON pointer)",
    preset: () => "/access_token",
    problem: pointerProblem,
  },
  {
    flag: "expiry",
    ask: "Where in the response is the expiry? (a JSON pointer)",
    preset: ({ token = "" }) => token.replace(/[^/]*$/, "expires_in"),
    problem: (answer, { token }) =>
      pointerProblem(answer) ??
      (overlap(answer, token ?? "") ? "another place than that of the token" : undefined),
  },
  {
    flag: "expiry-format",
    ask: "What is the expiry? (seconds to live, or a moment: iso, epoch-seconds or epoch-milliseconds)",
    preset: () => "seconds",
    problem: oneOf("seconds", "iso", "epoch-seconds", "epoch-milliseconds"),
  },
];

/**
 * Completes answers with presets and checks them.
 *
 * @throws {UsageProblem} for the first one that cannot be used.
 */
export function checkedAnswers(given: Given): Answers {
  const slug = given.slug ?? "";
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(slug)) {
    throw new UsageProblem(`vendor: expected a slug in lower case, such as acme-pay, received "${slug}"`);
  }
  const complete: Record<string, string> = { slug };
  for (const { flag, preset, problem } of QUESTIONS) {
    const answer = given[flag] ?? preset({ ...given, ...complete });
    const expected = problem(answer, { ...given, ...complete });
    if (expected !== undefined)
      throw new UsageProblem(`--${flag}: expected ${expected}, received "${answer}"`);
    complete[flag] = answer;
  }
  return {
    slug,
    title: complete.title ?? "",
    baseUrl: (complete["base-url"] ?? "").replace(/\/$/, ""),
    path: complete.path ?? "",
    credentials: complete.credentials as Place,
    names: readNames(complete.names ?? ""),
    mediaType: complete["media-type"] as Answers["mediaType"],
    token: complete.token ?? "",
    expiry: complete.expiry ?? "",
    expiryFormat: complete["expiry-format"] as Expiry,
  };
}

function oneOf(...choices: string[]): (answer: string) => string | undefined {
  return (answer) => (choices.includes(answer) ? undefined : `one of ${choices.join(", ")}`);
}

function isBaseUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, search, hash, username } = new URL(text);
  return protocol === "https:" && `${search}${hash}${username}` === "";
}

function readNames(text: string): Record<string, string> {
  return Object.fromEntries(text.split(",").map((pair) => pair.split("=", 2)));
}

function namesProblem(answer: string, place: Place): string | undefined {
  const example = `credentials and their names, such as ${PRESET_NAMES[place]}`;
  const pairs = answer.split(",");
  const isPair = (pair: string) => /^[a-z][A-Za-z0-9]*=[\w.-]+$/.test(pair) && !pair.startsWith("grant=");
  const wireNames = pairs.map((pair) => (pair.split("=")[1] ?? "").toLowerCase());
  const credentials = Object.keys(readNames(answer));
  if (!pairs.every(isPair) || credentials.length < pairs.length) return example;
  if (new Set(wireNames).size < pairs.length) return `${example}, each name once`;
  if (place === "basic" && wireNames.toSorted().join() !== "password,username") return example;
  return wireNames.includes("grant_type") ? `${example}; grant_type is not one` : undefined;
}

function pointerProblem(answer: string): string | undefined {
  return /^(\/[A-Za-z_][\w-]*)+$/.test(answer) ? undefined : "a JSON pointer such as /data/token";
}

function overlap(one: string, other: string): boolean {
  return `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`);
}
