/** A token answer as RFC 6749 spells it. */
export interface PlainAnswer {
  readonly access_token: string;
  readonly expires_in: number;
  readonly refresh_token?: string;
}

/** The shortest token request a person would write, for libraries that cache what the user's own function fetches. */
export async function requestPlainly(
  url: string,
  secret: string,
  signal?: AbortSignal,
): Promise<PlainAnswer> {
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: "client",
    client_secret: secret,
  });
  const response = await fetch(`${url}/token`, { method: "POST", body, signal: signal ?? null });
  if (!response.ok) throw new Error(`the token endpoint answered ${response.status}`);
  return (await response.json()) as PlainAnswer;
}
