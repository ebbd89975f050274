import { examplesOf } from "./openapi.ts";
import type { Grant, TokenOperation } from "./token-operation.ts";

/** Credentials by name, with a `grant` where the vendor has several. */
export type Credentials = Readonly<Record<string, string>>;

/** A token request of the specification: one example of one grant in one media type. */
export interface RequestExample {
  /** Tells it from the others, in a test's name. */
  readonly title: string;
  readonly grant: Grant;
  readonly mediaType: string | undefined;
  /** The credentials that the example shows. */
  readonly credentials: Credentials;
  /** `undefined` where the request has no body. */
  readonly body: Readonly<Record<string, string>> | undefined;
}

/** Every example request of a token endpoint; a media type without an example counts as one without a body. */
export function requestExamples(operation: TokenOperation): RequestExample[] {
  const { mediaTypes, grants, source } = operation;
  const inParameters = Object.fromEntries(
    (source.parameters ?? []).flatMap((parameter) => {
      const [example] = examplesOf(parameter);
      return example ? [[`${parameter.in} ${parameter.name}`, String(example[1])]] : [];
    }),
  );

  const bodiesOf = (grant: Grant, mediaType: string | undefined) => {
    const examples = examplesOf(source.requestBody?.content?.[mediaType ?? ""] ?? {}) as [
      string,
      Record<string, string>,
    ][];
    const mine = examples.filter(([, body]) => grants.length === 1 || body.grant_type === grant.name);
    return mine.length > 0 ? mine.map(([, body]) => body) : [undefined];
  };

  const typesOrNone = mediaTypes.length > 0 ? mediaTypes : [undefined];
  return grants.flatMap((grant) =>
    typesOrNone.flatMap((mediaType) =>
      bodiesOf(grant, mediaType).map((body) => {
        const shown = grant.fields.flatMap(({ credential, in: place, name }) => {
          // OpenAPI has no place for an example of HTTP Basic: what needs encoding tells most.
          const value =
            place === "basic"
              ? `example: ${credential}`
              : place === "body"
                ? body?.[name]
                : inParameters[`${place} ${name}`];
          return value === undefined ? [] : [[credential, value]];
        });
        const credentials = { ...(grants.length > 1 && { grant: grant.name }), ...Object.fromEntries(shown) };
        return {
          title: `${grant.name} as ${mediaType ?? "no media type"}`,
          grant,
          mediaType,
          credentials,
          body,
        };
      }),
    ),
  );
}

/** The secrets among some credentials. */
export function secretsOf({ fields }: Grant, credentials: Credentials): string[] {
  return fields.flatMap(({ credential, secret }) => {
    const value = credentials[credential];
    return secret && value !== undefined ? [value] : [];
  });
}
