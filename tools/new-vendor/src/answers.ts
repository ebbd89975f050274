import { UsageProblem } from "@org/vendors";
import { type Given, presetOf, problemOf, QUESTIONS } from "./questions.ts";
import {
  type ApiPlace,
  type ConstantAnswer,
  type CredentialAnswer,
  camelCase,
  namesInBraces,
  type Place,
  readCompanions,
  readConstants,
  readCredentials,
  readPresentation,
} from "./syntax.ts";

/** How a response says when a token expires. */
export type Expiry = "seconds" | "iso" | "epoch-seconds" | "epoch-milliseconds";

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
  readonly expiryFormat: Expiry;
  readonly presentation: ApiPlace | { readonly scheme: string };
  /** Credentials that each call of the API carries besides the token. */
  readonly companions: readonly (ApiPlace & { readonly credential: string })[];
}

/**
 * Completes answers with presets and checks them.
 *
 * @throws {UsageProblem} for the first one that cannot be used.
 */
export function checkedAnswers(given: Given): Answers {
  const slug = given.slug ?? "";
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)) {
    throw new UsageProblem(`vendor: expected a slug in lower case, such as acme-pay, received "${slug}"`);
  }
  const complete: Record<string, string> = { slug };
  for (const question of QUESTIONS) {
    const { flag } = question;
    const said = { ...given, ...complete };
    const answer = given[flag] ?? presetOf(question, said);
    const expected = problemOf(question, answer, said);
    if (expected) throw new UsageProblem(`--${flag}: expected ${expected}, received "${answer}"`);
    complete[flag] = answer;
  }
  const text = (flag: string) => complete[flag] ?? "";
  const url = (flag: string) => text(flag).replace(/\/$/, "");
  const place = text("credentials") as Place;
  return {
    slug,
    title: text("title"),
    baseUrl: url("base-url"),
    apiUrl: text("api-url") === "same" ? url("base-url") : url("api-url"),
    method: text("method") as Answers["method"],
    path: text("path"),
    grant: text("grant"),
    credentials: [
      ...namesInBraces(text("path")).map((name) => ({
        place: "path" as const,
        credential: camelCase(name),
        name,
        required: true,
      })),
      ...(readCredentials(text("names"), place) ?? []),
    ],
    encoding: text("encoding") as Answers["encoding"],
    mediaType: text("media-type") as Answers["mediaType"],
    constants: readConstants(text("constants")) ?? [],
    token: text("token"),
    expiry: text("expiry"),
    expiryFormat: text("expiry-format") as Expiry,
    presentation: readPresentation(text("presentation")) ?? { scheme: "bearer" },
    companions: readCompanions(text("companions")) ?? [],
  };
}
