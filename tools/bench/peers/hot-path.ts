import { measure } from "mitata";
import createClient from "openapi-fetch";
import { SECRET } from "../src/scenario.ts";
import type { Client } from "../src/subject.ts";
import { loadSubject } from "../src/subjects/subject-list.ts";

// The process in which one library's hot path is timed: `node hot-path.ts <subject> <url> <rounds>`.
const [subjectId = "", url = "", rounds = "7"] = process.argv.slice(2);

/** What is timed, by name; each is timed once in every round, one after another. */
type Contestants = Record<string, () => unknown>;

const target = `${url}/resource`;
const send = stubFetch();
const subject = await loadSubject(subjectId);
const client = await subject.create({ url, secret: SECRET });
const token = await client.getToken();

const contestants: Contestants = {
  baseline: async () => token,
  ...(subject.lacks.cache === undefined && { cached: client.cached ?? (() => client.getToken()) }),
  ...(client.peek && { peek: client.peek }),
  ...requests(client),
};

const times: Record<string, number[]> = {};
const options = { min_cpu_time: 40e6, batch_samples: 1024, min_samples: 12 };
for (let round = 0; round < Number(rounds); round++) {
  for (const [name, call] of Object.entries(contestants)) {
    const { p50 } = await measure(call, { ...options });
    times[name] ??= [];
    times[name].push(p50);
  }
}
const bytes: Record<string, number> = {};
for (const [name, call] of Object.entries(contestants)) bytes[name] = await bytesPerCall(call);
process.stdout.write(`\n${JSON.stringify({ times, bytes })}\n`);
process.exit(0);

function requests({ attach }: Client): Contestants {
  if (!attach) return {};
  const attached = attach(send);
  const bare = () => send(target);
  if (subjectId !== "ours") return { bare, attached };
  const plain = createClient<never>({ baseUrl: url, fetch: send });
  const authorized = createClient<never>({ baseUrl: url, fetch: attachedFetch(client) });
  const get = (from: typeof plain) => () => from.GET("/resource" as never);
  return { bare, attached, openapiFetch: get(plain), openapiFetchAttached: get(authorized) };
}

/** openapi-fetch passes a `Request`, which is what it costs to attach a token to one. */
function attachedFetch(ours: Client): typeof fetch {
  if (!ours.authorized) throw new Error("expected ours");
  return ours.authorized(send);
}

/** Answers at once, so that what is measured is not the network. */
function stubFetch(): typeof fetch {
  const answer = new Response(null, { status: 204, headers: { "content-length": "0" } });
  return async () => answer;
}

/** Heap allocated per call: the young generation is so large that nothing is collected meanwhile. */
async function bytesPerCall(call: () => unknown): Promise<number> {
  const calls = 500;
  const samples: number[] = [];
  for (let sample = 0; sample < 7; sample++) {
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < calls; i++) await call();
    samples.push((process.memoryUsage().heapUsed - before) / calls);
  }
  samples.sort((a, b) => a - b);
  return samples[3] ?? Number.NaN;
}
