import { measure } from "mitata";
import createClient from "openapi-fetch";
import { SECRET } from "../src/behaviour/program.ts";
import type { Contestant, HotPath, Timed } from "../src/hot-path.ts";
import { medianOf, ratioOf, spreadOf } from "../src/statistics.ts";
import { loadSubject, SUBJECTS } from "../src/subjects.ts";

// The process in which one library's hot path is timed: `node hot-path.ts <subject> <url> <rounds>`.
const [subject = "", url = "", rounds = "7"] = process.argv.slice(2);

/** Each is timed once in every round, one after another. */
type Calls = Partial<Record<Contestant, () => unknown>>;

// Returns immediately, so that the network is not measured.
const response = new Response(null, { status: 204, headers: { "content-length": "0" } });
const send: typeof fetch = async () => response;
const client = (await loadSubject(subject))({ url, secret: SECRET });
const token = await client.getToken();

const calls: Calls = {
  baseline: async () => token,
  clock: async () => {
    Date.now();
    return token;
  },
  ...(SUBJECTS[subject]?.lacks.cache === undefined && { cached: client.cached ?? (() => client.getToken()) }),
  ...(client.peek && { peek: client.peek }),
  ...requests(),
};

const contestants = Object.entries(calls).map(([name, call]) => ({ name, call, ns: [] as number[] }));
const options = { min_cpu_time: 40e6, batch_samples: 1024, min_samples: 12 };
for (let round = 0; round < Number(rounds); round++) {
  for (const { name, call, ns } of contestants) {
    const { p50 } = await measure(call, { ...options });
    if (!(p50 > 0)) throw new Error(`${name}: expected a time, measured ${p50}`);
    ns.push(p50);
  }
}
const baseline = contestants.find(({ name }) => name === "baseline")?.ns ?? [];
const timed: Record<string, Timed> = {};
for (const { name, call, ns } of contestants) {
  const bytes = Math.round(await bytesPerCall(call));
  timed[name] = { ns: spreadOf(ns), ratio: ratioOf(ns, baseline), bytes };
}
process.stdout.write(`\n${JSON.stringify({ subject, ...timed } satisfies HotPath)}\n`);
process.exit(0);

function requests(): Calls {
  const { request, authorized } = client;
  if (!request) return {};
  const target = `${url}/resource`;
  const bare = () => send(target);
  const sendAttached = request(send);
  const attached = () => sendAttached(target);
  if (!authorized) return { bare, attached };
  // openapi-fetch passes a `Request`, which is what it costs to attach a token to one.
  const get = (fetch: typeof send) => {
    const plain = createClient<never>({ baseUrl: url, fetch });
    return () => plain.GET("/resource" as never);
  };
  return { bare, attached, openapiFetch: get(send), openapiFetchAttached: get(authorized(send)) };
}

/** Heap allocated per call: the young generation is so large that nothing is collected meanwhile. */
async function bytesPerCall(call: () => unknown): Promise<number> {
  const times = 500;
  const samples: number[] = [];
  for (let sample = 0; sample < 7; sample++) {
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < times; i++) await call();
    samples.push((process.memoryUsage().heapUsed - before) / times);
  }
  return medianOf(samples);
}
