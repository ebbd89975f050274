import type { Script, Seen } from "../scripted-server.ts";
import type { Client, Feature } from "../subjects.ts";

/** What a scenario can use in the library's process. */
interface Stage {
  /** Sets the library up, with a refresh token if there is one. */
  create(refreshToken?: string): Client;
  /** The protected resource. */
  readonly resource: string;
  lacks(feature: Feature): boolean;
  /** How the server responds at first. */
  readonly script: Script;
  /** Changes the server's script, and returns what it has seen so far. */
  control(script: Script): Promise<Seen>;
}

/** What was seen in the library's process; plain JSON. */
type Observed = Readonly<Record<string, unknown>>;

/** How one question is put to a library, and what the table shows of the answer. */
export interface Program {
  /** Runs in a process that holds this one library. */
  run(stage: Stage): Promise<Observed>;
  /** The cell, from what both sides saw. */
  cell(observed: Observed & { readonly unhandledRejections: number }, seen: Seen): string;
}

/** Programs by the id of the scenario. */
export type Programs = Readonly<Record<string, Program>>;

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
