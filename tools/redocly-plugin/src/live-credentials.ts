/** Members that contain what would be sent or received. */
const DATA = ["example", "examples", "default", "const", "enum"];
/** A signature of HS256, the shortest in use, has this many bytes. */
const SHORTEST_SIGNATURE = 32;
/** Words that a random generator does not write. */
const OBVIOUSLY_FAKE = /example|sample|fake|dummy|placeholder|not-?a-?real|your-/i;

/** A text in a document, by the keys that lead to it, and what is wrong with it. */
interface Finding {
  readonly keys: readonly string[];
  readonly message: string;
}

/** The examples of a document that contain anything that looks like a working credential. */
export function liveCredentials(document: object): Finding[] {
  return findingsIn(document, [], false);
}

function findingsIn(value: unknown, keys: readonly string[], isData: boolean): Finding[] {
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, member]) =>
      findingsIn(member, [...keys, key], isData || DATA.includes(key)),
    );
  }
  const found = isData && typeof value === "string" ? liveCredentialIn(value) : undefined;
  const message = `This looks like a live credential: ${found}. Use something obviously fake, such as "example-client-secret".`;
  return found === undefined ? [] : [{ keys, message }];
}

/** Why a text looks as if it contained a working credential; `undefined` if it does not. */
function liveCredentialIn(text: string): string | undefined {
  let rest = text;
  for (const [jwt, signature = ""] of text.matchAll(/\beyJ[\w-]{4,}\.[\w-]{4,}\.([\w-]+)/g)) {
    if (Buffer.from(signature, "base64url").length >= SHORTEST_SIGNATURE) {
      return `a JSON Web Token whose signature is of a real length (${signature.length} characters)`;
    }
    // What is in a token without a signature is as public as the rest of the example.
    rest = rest.replace(jwt, " ");
  }
  if (/\bsk-[0-9a-f]{32}/i.test(rest)) return "sk- and 32 hexadecimal digits";
  const random = (rest.match(/[\w+/-]{20,}={0,2}/g) ?? []).find(looksRandom);
  return random && `${random.length} characters without a pattern`;
}

function looksRandom(word: string): boolean {
  if (OBVIOUSLY_FAKE.test(word)) return false;
  const plain = word.replaceAll("-", "");
  if (/^[0-9a-f]+$/i.test(plain) && /[0-9]/.test(plain))
    return plain.length >= 32 && entropy(plain.toLowerCase()) > 3;
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/].filter((kind) => kind.test(word)).length;
  return kinds === 3 && entropy(word) > 4;
}

/** Shannon entropy in bits per character. */
function entropy(word: string): number {
  const groups = [...Map.groupBy(word, (character) => character).values()];
  return groups.reduce(
    (sum, { length }) => sum - (length / word.length) * Math.log2(length / word.length),
    0,
  );
}
