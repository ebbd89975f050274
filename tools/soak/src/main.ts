import { readArguments, runCommand, UsageProblem } from "@org/vendors";

const CALLERS = 200;

const HELP = `Usage: pnpm soak [--seconds 60] [--callers 200] [--seed 1]

${CALLERS} concurrent callers of each vendor call a protected resource through
authorizedFetch for a minute. The sandbox that they call runs in a process of its
own. Its tokens live 2 s, one token in 20 is revoked at a random moment, and one
token request in 5 meets a fault: a cut connection, a delay of up to 1.5 s, a 500, a
503 or 429 with Retry-After, half a body, a page of HTML, no body, a clock that is up
to 50 minutes wrong, an expiry left out. Each vendor's secret is rotated every 20 s:
from one moment to the next only the new one is accepted, and a function returns it.
One call in 50 is given up by its own caller. As many callers again call for 1,000
tenants of one vendor, one after another, with a cache for each.

Exits with 1 when one of these is not 0:

  errors while a valid token existed
      An error reached a caller although the cache, by its own onEvent, held a token
      that was neither invalidated nor in the last tenth of its lifetime; or the cache
      sent the same token before and after that error, and the resource had not
      refused it. An error without a valid token is only counted by its code.
  refusals seen by callers
      The vendor refused a secret, and the function had another one by then.
  expired tokens sent
      A token that had expired by the sandbox's clock was attached to a call, although
      its response, or the token itself as a JWT, said when it expires. If the vendor
      leaves the expiry out, a cache can only learn it from the 401. A token that expires
      on its way to the resource was not expired when it was sent.
  expired tokens seen by callers
      A call ended with a 401 by which the sandbox says "expired": the second attempt
      of authorizedFetch was refused too. A 401 that the second attempt made good is
      only counted under "401 from the resource"; and where more than the leeway, 200 ms,
      lay between sending the last attempt and its response, the 401 is counted under "tokens
      that expired on a slow way": the machine was too busy for tokens that live 2 s.
  errors from outside the cache
      Anything but a TokenRequestError, a 401 or the caller's own abort: another caller's
      abort, a TypeError, a lost connection to the resource.
  unhandled rejections
      In the callers' process.

or when a tenant got another tenant's token, or when the callers' heap grew by more
than 10 MB: garbage is collected and the heap measured when all callers pause after a
tenth of the time, and again at the end.

  --seconds <n>  how long, from 1. Default 60
  --callers <n>  how many call each vendor at once, from 1. Default 200
  --seed <n>     decides faults, revocations and pauses. Default: a new one, printed
  --help         this text
`;

const OPTIONS = {
  seconds: { type: "string" },
  callers: { type: "string" },
  seed: { type: "string" },
  help: { type: "boolean" },
} as const;

await runCommand(async () => {
  const { values } = readArguments({ options: OPTIONS }, "--seconds, --callers, --seed or --help");
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  // Imported here, so that the help above needs no build.
  const { resultTable, soakProblems } = await import("./result-table.ts");
  const { soak } = await import("./soak.ts");
  const seconds = wholeNumber("seconds", values.seconds ?? "60", 1);
  const callers = wholeNumber("callers", values.callers ?? String(CALLERS), 1);
  const seed = wholeNumber("seed", values.seed ?? String(Date.now() % 2 ** 31), 0);
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  print(`${callers} callers of each vendor for ${seconds} s, seed ${seed}`);
  const result = await soak({ seconds, seed, callers, print });
  for (const line of resultTable(result, process.stdout.columns)) print(line);
  return soakProblems(result);
});

function wholeNumber(name: string, text: string, least: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number >= least) return number;
  throw new UsageProblem(
    `--${name}: expected a whole number from ${least}, such as --${name} 60, received ${text}`,
  );
}
