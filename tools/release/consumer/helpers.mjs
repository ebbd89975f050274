/** What every program does with each vendor: a token, the same one for many callers, and a call. */
export async function useAll(creates, authorizedFetch, { url, credentials }) {
  for (const [vendor, create] of Object.entries(creates)) {
    const tokens = create(credentials[vendor], { baseUrl: `${url}/${vendor}` });
    // On Cloudflare Workers no request may wait for another one's, so there only later callers share what the first one got.
    const first = globalThis.navigator?.userAgent === "Cloudflare-Workers" ? [await tokens.getToken()] : [];
    const all = await Promise.all(Array.from({ length: 20 }, () => tokens.getToken()));
    if (new Set([...first, ...all]).size !== 1)
      throw new Error(`${vendor}: expected one token for many callers`);
    const response = await authorizedFetch(tokens)(`${tokens.baseUrl}/whoami`);
    const { vendor: answered } = await response.json();
    if (answered !== vendor) throw new Error(`${vendor}: expected its own answer, found ${answered}`);
  }
  return `${Object.keys(creates).length} vendors`;
}
