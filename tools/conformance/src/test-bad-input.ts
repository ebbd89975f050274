import { type Credential, credentialsOf } from "@org/auth-spec";
import { describe, expect, it } from "vitest";
import { BASE_URL } from "./scripted-vendor.ts";
import { expectNoSecret } from "./secrecy.ts";
import { type Example, requiredCredentials, type Subject, secretsOf } from "./subject.ts";

/** Mistakes of the calling program are a `TypeError` at construction, which names the valid choices and no secret. */
export function testBadInput(subject: Subject): void {
  const perGrant = new Map(subject.examples.map((example) => [example.grant.name, example]));
  describe.each([...perGrant])("refuses for %s", (_, example) => testCredentials(subject, example));
  describe("refuses", () => {
    testGrant(subject, subject.examples[0]);
    testOptions(subject, subject.examples[0]);
  });
}

/** Asserts that something refuses a value, with an error that mentions these words and none of the secrets. */
function refusing(create: (wrong: unknown) => unknown, secrets: readonly string[]) {
  return (wrong: unknown, ...mentioned: readonly string[]): void => {
    let thrown: unknown;
    try {
      create(wrong);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(TypeError);
    for (const word of mentioned) expect((thrown as TypeError).message).toContain(word);
    expectNoSecret(thrown, secrets);
  };
}

function testCredentials(subject: Subject, example: Example): void {
  const { grant, credentials } = example;
  const create = (given: unknown) => subject.createTokenCache(given, { baseUrl: BASE_URL });
  const secrets = secretsOf(grant, credentials);
  const refused = refusing(create, secrets);
  const all = credentialsOf(grant);
  const names = all.map(({ name }) => name);
  const required = all.filter((credential) => credential.required).map(({ name }) => name);

  it.each(required)("credentials without %s", (name) => {
    const { [name]: _, ...others } = credentials;
    refused(others, name, "nothing");
    refused({ ...others, [name]: undefined }, name);
  });

  it.each(names)("a %s that is not text, or empty", (name) => {
    for (const wrong of ["", " ", null, 5, {}]) refused({ ...credentials, [name]: wrong }, name);
  });

  const checked = all.filter(({ schema }) => schema !== undefined);
  it.each(checked)("a $name that breaks its schema", ({ name, schema = {} }) => {
    const broken = brokenTexts(String(credentials[name]), schema);
    expect(broken).not.toEqual([]);
    for (const wrong of broken) {
      refusing(create, [...secrets, wrong])(
        { ...credentials, [name]: wrong },
        `credentials.${name}: expected`,
      );
    }
    create(credentials);
  });

  it("a credential that this grant does not have, naming those it has", () => {
    const others = subject.examples.flatMap((other) => credentialsOf(other.grant).map(({ name }) => name));
    const unknown = [...others.filter((name) => !names.includes(name)), "clientSecrets", "toString"];
    for (const name of unknown) refused({ ...credentials, [name]: "example" }, name, ...names);
  });

  it("credentials that are not an object", () => {
    for (const wrong of [undefined, null, "example", 5]) refused(wrong, "credentials");
  });

  it("nothing else: the required credentials are enough", () => {
    create(requiredCredentials(example));
  });
}

/** Texts close to a valid one that each break its schema in a different way. */
function brokenTexts(
  good: string,
  { pattern, enum: values, minLength = 0, maxLength, format }: NonNullable<Credential["schema"]>,
): string[] {
  const near = [`v${good}`, `${good}!`, "!wrong text!"];
  return [
    ...(pattern === undefined ? [] : near.filter((text) => !new RegExp(pattern, "u").test(text))),
    ...(values ? near : []),
    ...(minLength > 1 ? ["!"] : []),
    ...(maxLength === undefined ? [] : ["!".repeat(maxLength + 1)]),
    ...(format ? ["!wrong text!"] : []),
  ];
}

function testGrant({ spec, createTokenCache }: Subject, { grant, credentials }: Example): void {
  const names = spec.operations.flatMap(({ grants }) => grants.map(({ name }) => name));
  if (names.length === 1) return;
  const create = (wrong: unknown) =>
    createTokenCache({ ...credentials, grant: wrong }, { baseUrl: BASE_URL });
  it.each([undefined, "", "password", "toString"])(
    "the grant %j, naming those that the vendor has",
    (wrong) => refusing(create, secretsOf(grant, credentials))(wrong, "grant", ...names),
  );
}

function testOptions(subject: Subject, example: Example): void {
  const secrets = secretsOf(example.grant, example.credentials);
  const { createClient } = subject;
  const servers = example.operation.servers.map(({ name }) => name);
  const ways = {
    "for a token cache": (options?: unknown) => subject.createTokenCache(example.credentials, options),
    ...(createClient && { "for a bare client": (options?: unknown) => createClient(options) }),
  };

  describe.each(Object.entries(ways))("%s", (_, create) => {
    const refused = refusing(create, secrets);

    it("an unknown option, naming the valid ones", () => {
      for (const name of ["baseURL", "timeOut", "toString"]) {
        refused({ baseUrl: BASE_URL, [name]: "x" }, name, "baseUrl", "server", "fetch");
      }
    });

    it("an unknown server, naming the valid ones", () => {
      for (const server of ["sandbx", "", "toString"]) {
        refused({ server }, "server", ...(servers.length > 0 ? servers : ["baseUrl"]));
      }
    });

    const required = example.operation.servers.flatMap(({ variables }) =>
      variables.filter((variable) => variable.default === undefined).map(({ name }) => name),
    );
    if (servers.length === 1 && required.length > 0) {
      it("a missing server variable, naming it", () => refused({}, "variables", String(required[0])));
    } else if (servers.length === 1) {
      it("no missing server, since the vendor has only one", () => {
        create();
        create({});
      });
    } else {
      const missing = servers.length > 1 ? ["server", ...servers] : ["baseUrl", "https"];
      it(`a missing ${missing[0]}, saying what to pass`, () => {
        refused(undefined, ...missing);
        refused({}, ...missing);
      });
    }

    it.each([
      "",
      "example",
      "/path",
      "ftp://api.example.com",
      "http://api.example.com",
      "http://127.0.0.1.example.com",
    ])("the base URL %j", (baseUrl) => refused({ baseUrl }, "baseUrl", "https"));

    it("no base URL on loopback, even without TLS", () => {
      for (const baseUrl of ["http://127.0.0.1:4010/x", "http://localhost:4010", "http://[::1]:4010"])
        create({ baseUrl });
    });
  });
}
