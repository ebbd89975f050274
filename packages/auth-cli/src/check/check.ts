import { boundedFetch } from "@org/auth-core/vendor";
import { createSpecTokenCache } from "@org/auth-spec";
import type { CommandLine } from "../command-line.ts";
import { credentialsSource } from "../credentials.ts";
import { EXIT, explained } from "../problem.ts";
import { chosenServer, type Target } from "../target.ts";
import { coloured, complain, print } from "../terminal.ts";
import type { Received } from "./deviation.ts";
import { compareResponse } from "./response-deviations.ts";

/** Makes one token request, compares the response with the specification, and resolves to the exit code. */
export async function check(target: Target, line: CommandLine): Promise<number> {
  const { vendor, document, operation, grant } = target;
  const source = credentialsSource(target, line);
  const credentials = source.read([]);
  let received: Received | undefined;
  const tokens = createSpecTokenCache(document, credentials, {
    vendor,
    ...chosenServer(target, line),
    attempts: 1,
    fetch: async (request, init) => {
      const sentAt = Date.now();
      const response = await boundedFetch({})(request as Request, init);
      const text = await response.text();
      const { url, method } = request as Request;
      const { status, headers } = response;
      received = { url, method, status, headers, text, sentAt, receivedAt: Date.now() };
      // The body of a response can be read only once.
      return new Response(text === "" ? null : text, { status, headers });
    },
  });
  const failure = await tokens.getToken().then(
    () => undefined,
    (error: unknown) => error,
  );
  if (received === undefined) throw failure;
  const { deviations, absent } = compareResponse(operation, received);
  const error = failure === undefined ? undefined : explained(failure, source.description);
  const { method, status, sentAt, receivedAt } = received;
  const url = received.url.split("?")[0];
  if (line.has("json")) {
    const facts = { vendor, grant: grant.name, method, url, status, milliseconds: receivedAt - sentAt };
    print(JSON.stringify({ ...facts, deviations, absent, error: error?.text }));
  } else {
    print(`${vendor}, ${grant.name}: ${method} ${url} responded with ${status} in ${receivedAt - sentAt} ms`);
    const count = deviations.length === 1 ? "1 deviation" : `${deviations.length} deviations`;
    if (deviations.length === 0) print(coloured("green", "as the specification says"));
    else print(coloured("red", `${count} from the specification:`));
    for (const { kind, place, expected, received: found } of deviations) {
      const what = [kind.replaceAll("-", " "), ...(place === "" ? [] : [place])].join(", ");
      print(`  ${what}: expected ${expected}, received ${found}`);
    }
    if (absent.length > 0) print(coloured("dim", `optional and not sent: ${absent.join(", ")}`));
  }
  if (error && !line.has("json")) complain(error.text);
  // A success without a readable token deviates; a refusal says nothing about the rest.
  if (error && !(status < 300 && deviations.length > 0)) return error.code;
  return deviations.length > 0 ? EXIT.deviations : EXIT.success;
}
