import { readFileSync } from "node:fs";

/** One vendor's token exchange as the list of facts states it; the README beside this folder explains the members. */
export interface Facts {
  readonly name: string;
  readonly method: "GET" | "POST";
  readonly token_url: string;
  readonly url_templated_on: readonly string[];
  readonly credentials_in: readonly string[];
  readonly body_format: "form" | "json" | "query" | "none";
  readonly body_members: Readonly<Record<string, string>>;
  readonly body_constants: Readonly<Record<string, unknown>>;
  readonly body_templates: Readonly<Record<string, string>>;
  readonly token_headers?: Readonly<Record<string, string>>;
  readonly api_base_url: string;
  readonly api_base_from_answer: boolean;
  readonly token_path: string;
  readonly expiry_path?: string;
  readonly expiry_strategy: "expireIn" | "expireAt" | "fixed" | "none";
  readonly expires_in_unit?: "milliseconds";
  readonly fixed_lifetime_ms?: number;
  readonly refresh_token?: string;
  readonly assertion?: "jwt" | "saml";
  readonly additional_steps: number;
  readonly mtls: boolean;
  readonly presented: string;
  readonly extra_api_headers: readonly string[];
}

/** The facts about all exchanges, in the order of the list. */
export function readFacts(): readonly Facts[] {
  const text = readFileSync(new URL("exchanges.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { exchanges: Facts[] }).exchanges;
}
