/** A token as a program's own function would return it to a library that caches what the function fetches. */
export interface PlainToken {
  readonly token: string;
  readonly expiration: Date;
}

/** The shortest token request a person would write. */
export async function requestPlainly(
  url: string,
  secret: string,
  signal?: AbortSignal | null,
): Promise<PlainToken> {
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: "client",
    client_secret: secret,
  });
  const response = await fetch(`${url}/token`, { method: "POST", body, signal: signal ?? null });
  if (!response.ok) throw new Error(`the token endpoint returned ${response.status}`);
  const { access_token, expires_in } = (await response.json()) as PlainResponse;
  return { token: access_token, expiration: new Date(Date.now() + expires_in * 1000) };
}

interface PlainResponse {
  readonly access_token: string;
  readonly expires_in: number;
}

/** As the AWS SDK decides it: from 5 minutes before the expiry. */
export function isAlmostOver({ expiration }: PlainToken): boolean {
  return expiration.getTime() - Date.now() < 300_000;
}
