import { credentialsOf, exampleServer, type Grant, type TokenOperation, tokenRequest } from "@org/auth-spec";
import { sampleServer } from "@org/generate/usage-example";
import { NO_HOST } from "@org/generate/wire";
import { snippetz } from "@scalar/snippetz";

/**
 * The languages that vendors show, each with the client that needs the least besides the language itself. `fence` is what
 * highlighters call it.
 */
const LANGUAGES = [
  { language: "curl", fence: "bash", target: "shell", client: "curl" },
  { language: "JavaScript", fence: "javascript", target: "node", client: "fetch" },
  { language: "Python", fence: "python", target: "python", client: "python3" },
  { language: "Go", fence: "go", target: "go", client: "native" },
  { language: "Rust", fence: "rust", target: "rust", client: "reqwest" },
  { language: "C#", fence: "csharp", target: "csharp", client: "httpclient" },
  { language: "Java", fence: "java", target: "java", client: "nethttp" },
  { language: "PHP", fence: "php", target: "php", client: "guzzle" },
] as const;

/** What differs from the specification's first example. */
interface HttpSampleOptions {
  /** Default: the vendor's sandbox, else a placeholder. */
  readonly baseUrl?: string;
  readonly credentials?: Readonly<Record<string, string>>;
  /** Default: the first of the operation. */
  readonly mediaType?: string | undefined;
}

/** The token request of a grant in each language, without our packages, and with what the vendor does not require left out. */
export async function httpSamples(operation: TokenOperation, grant: Grant, options: HttpSampleOptions = {}) {
  const server = sampleServer(operation);
  const { baseUrl = server ? exampleServer(server).url : NO_HOST, mediaType } = options;
  const credentials = options.credentials ?? grant.examples[0]?.credentials ?? {};
  const required = credentialsOf(grant).filter((credential) => credential.required);
  const request = tokenRequest(
    operation,
    grant,
    Object.fromEntries(required.map(({ name }) => [name, credentials[name]])),
    { baseUrl, ...(mediaType !== undefined && { headers: { "Content-Type": mediaType } }) },
  );
  const har = await archived(request, grant);
  return LANGUAGES.map(({ language, fence, target, client }) => {
    const source = snippetz().print(target, client, har);
    if (source === undefined) throw new Error(`${language}: expected a snippet of ${client}, found none`);
    return { language, fence, source: `${source.trim()}\n` };
  });
}

/**
 * A request in the form that snippet generators take.
 *
 * @see {@link http://www.softwareishard.com/blog/har-12-spec/#request HAR 1.2}
 */
async function archived(request: Request, { members }: Grant) {
  const spelt = new Map(members.map(({ path: [name] }) => [name.toLowerCase(), name]));
  const titled = (name: string) => name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
  const text = await request.text();
  const type = request.headers.get("content-type") ?? "";
  const params = [...new URLSearchParams(text)].map(([name, value]) => ({ name, value }));
  const isForm = type === "application/x-www-form-urlencoded";
  return {
    method: request.method,
    url: request.url,
    httpVersion: "HTTP/1.1",
    // Some generators add their own `Content-Type` to one in lower case.
    headers: [...request.headers].map(([name, value]) => ({ name: spelt.get(name) ?? titled(name), value })),
    queryString: [],
    cookies: [],
    headersSize: -1,
    bodySize: -1,
    ...(text !== "" && { postData: { mimeType: type, ...(isForm ? { params } : { text }) } }),
  };
}
