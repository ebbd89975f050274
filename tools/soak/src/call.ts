import { setTimeout as wait } from "node:timers/promises";
import type { authorizedFetch } from "@org/auth-core";
import { between } from "@org/measure/random";
import type { Witness } from "./witness.ts";

/** Milliseconds between two calls of one caller, at most. */
const LONGEST_PAUSE = 2000;
/** One call in this many is given up by its caller. */
const GIVEN_UP_SHARE = 0.02;
const LONGEST_PATIENCE = 50;

/** A caller: calls the protected resource again and again until `isOver`. */
export async function keepCalling(
  url: string,
  fetch: ReturnType<typeof authorizedFetch>,
  witness: Witness,
  random: () => number,
  isOver: () => boolean,
): Promise<void> {
  while (!isOver()) {
    await wait(between(random, 0, LONGEST_PAUSE));
    const isImpatient = random() < GIVEN_UP_SHARE;
    const signal = isImpatient ? AbortSignal.timeout(between(random, 0, LONGEST_PATIENCE)) : null;
    try {
      const response = await fetch(url, { signal });
      witness.responded(response, await response.text());
    } catch (error) {
      witness.failed(error, signal?.aborted ?? false);
    }
  }
}
