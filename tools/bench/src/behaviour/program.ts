import type { Script, Seen } from "../scripted-server.ts";
import type { Client, Feature } from "../subject.ts";

/** What a scenario can use in the library's process. */
export interface Stage {
  /** Sets the library up, with a refresh token if there is one. */
  create(refreshToken?: string): Client;
  /** The protected resource. */
  readonly resource: string;
  lacks(feature: Feature): boolean;
  /** Changes the server's script, and returns what it has seen so far. */
  control(script: Script): Promise<Seen>;
}

/** What was seen in the library's process; plain JSON. */
export type Observed = Readonly<Record<string, unknown>>;

/** One question put to every library by running it. */
export interface Scenario {
  readonly id: string;
  /** The title of the row: what it measures. */
  readonly title: string;
  /** The same in fewer words, if it is among the ten rows that tell most. */
  readonly brief?: string;
  /** Without these features there is nothing to run, and the cell is "none". */
  readonly needs: readonly Feature[];
  /** How the server responds at first. */
  readonly script: Script;
  /** Runs in a process that holds this one library. */
  run(stage: Stage): Promise<Observed>;
  /** The cell, from what both sides saw. */
  cell(observed: Observed & { readonly unhandledRejections: number }, seen: Seen): string;
  /** The best possible cell. */
  readonly ideal: string;
}

/** The secret and the refresh token every client is made with. */
export const SECRET = "SECRET-MARKER";
export const REFRESH_TOKEN = "REFRESH-MARKER-1";

const RealDate = Date;
let ahead = 0;

/**
 * Sets this process's wall clock forward, as an operator would. Timers and the monotonic clock run on.
 *
 * Waiting an hour for a token to expire would show the same and take an hour.
 */
export function moveClock(ms: number): void {
  ahead += ms;
  if (globalThis.Date !== RealDate) return;
  globalThis.Date = class extends RealDate {
    constructor(...given: unknown[]) {
      super(...((given.length > 0 ? given : [RealDate.now() + ahead]) as [number]));
    }
    static override now(): number {
      return RealDate.now() + ahead;
    }
  } as DateConstructor;
}
