import { setTimeout as wait } from "node:timers/promises";
import type { authorizedFetch } from "@org/auth-core";
import { between } from "./random.ts";
import type { Witness } from "./witness.ts";

/** Milliseconds between two calls of one caller, at most. */
const LONGEST_PAUSE = 2000;
/** One call in so many is given up by its caller. */
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
    const patience = random() < GIVEN_UP_SHARE ? between(random, 0, LONGEST_PATIENCE) : undefined;
    await call(url, fetch, witness, patience);
  }
}

async function call(
  url: string,
  fetch: ReturnType<typeof authorizedFetch>,
  witness: Witness,
  patience: number | undefined,
): Promise<void> {
  const controller = new AbortController();
  const timer = patience === undefined ? undefined : setTimeout(() => controller.abort(), patience);
  try {
    const response = await fetch(url, patience === undefined ? {} : { signal: controller.signal });
    witness.responded(response, await response.text());
  } catch (error) {
    witness.failed(error, controller.signal.aborted);
  } finally {
    clearTimeout(timer);
  }
}
