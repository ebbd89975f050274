/** What an access token stands for. */
interface Standing {
  readonly grant: string;
  readonly clientId?: string;
  readonly scope?: string;
}

/** Everything that came from one authorization; revoking it revokes all of its tokens together. */
interface Family {
  revoked: boolean;
}

/** An access token that the sandbox issued. `expiresAt` is in milliseconds since the epoch. */
interface IssuedToken extends Standing {
  readonly family: Family;
  readonly expiresAt: number;
}

/** A refresh token or authorization code that can be exchanged once. */
export interface Exchangeable {
  readonly clientId?: string;
  readonly scope?: string;
  readonly family: Family;
}

/** Why a token or code is not accepted. */
type Rejection = "unknown" | "expired" | "revoked" | "used";

/** The sandbox's own record of what it issued; nothing is ever read back from a token's text. */
export interface Ledger {
  issue(token: string, issued: IssuedToken): void;
  find(token: string): IssuedToken | Rejection;
  revoke(token: string): boolean;
  revokeAll(): number;
  addExchangeable(secret: string, exchangeable: Exchangeable): void;
  /** What a refresh token or code stands for. It is not used up. */
  standing(secret: string, clientId: string | undefined): Exchangeable | Rejection;
  /** Uses up a refresh token or code. A second use revokes its family, as RFC 6749 sections 4.1.2 and 10.4 require. */
  exchange(secret: string, clientId: string | undefined): Exchangeable | Rejection;
}

const SWEEP_EVERY = 1000;

/** An empty ledger that tells the time by `now` (milliseconds since the epoch). */
export function createLedger(now: () => number): Ledger {
  const tokens = new Map<string, IssuedToken>();
  const revoked = new Set<string>();
  const exchangeables = new Map<string, Exchangeable & { used: boolean }>();

  function find(token: string): IssuedToken | Rejection {
    const issued = tokens.get(token);
    if (issued === undefined) return "unknown";
    if (revoked.has(token) || issued.family.revoked) return "revoked";
    return now() < issued.expiresAt ? issued : "expired";
  }

  function revoke(token: string): boolean {
    if (typeof find(token) === "string") return false;
    revoked.add(token);
    return true;
  }

  function exchangeable(secret: string, clientId: string | undefined) {
    const found = exchangeables.get(secret);
    // A refresh request may omit the client.
    if (found === undefined || (clientId !== undefined && found.clientId !== clientId)) return "unknown";
    return found.family.revoked ? "revoked" : found;
  }

  return {
    find,
    standing: exchangeable,
    revoke,
    revokeAll: () => [...tokens.keys()].filter(revoke).length,
    issue(token, issued) {
      tokens.set(token, issued);
      if (tokens.size % SWEEP_EVERY === 0) sweep();
    },
    addExchangeable(secret, exchangeable) {
      exchangeables.set(secret, { ...exchangeable, used: false });
    },
    exchange(secret, clientId) {
      const found = exchangeable(secret, clientId);
      if (typeof found === "string") return found;
      if (found.used) {
        found.family.revoked = true;
        return "used";
      }
      found.used = true;
      return found;
    },
  };

  // Keeps a sandbox that runs for days from growing without limit.
  function sweep(): void {
    for (const [token, { expiresAt }] of tokens) {
      if (now() < expiresAt) continue;
      tokens.delete(token);
      revoked.delete(token);
    }
  }
}
