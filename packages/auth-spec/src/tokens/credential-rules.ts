import type { ApiSecurity, CredentialRule } from "@org/auth-core/vendor";
import { credentialsOf, type Grant } from "../request/grants.ts";
import type { RequestMember } from "../request/request-members.ts";

/**
 * How each credential of a grant is used.
 *
 * @param security - how API calls are authorized; these may send a credential in a header as well
 */
export function rulesOf(grant: Grant, security?: ApiSecurity): Record<string, CredentialRule> {
  const isCompanion = (name: string) => security?.companions?.some(({ credential }) => credential === name);
  const sentAs = (name: string, place: string) =>
    grant.members.find((member) => member.credential?.name === name && member.in === place);
  return Object.fromEntries(
    credentialsOf(grant).map(({ name, required, secret, schema }): [string, CredentialRule] => [
      name,
      {
        required,
        secret,
        ...((HEADERS.some((place) => sentAs(name, place)) || isCompanion(name)) && { header: true }),
        ...(sentAs(name, "path") && { path: true }),
        ...basicPart(sentAs(name, "basic")),
        ...schemeOf(sentAs(name, "authorization")),
        ...cookieOf(sentAs(name, "cookie")),
        ...(schema && { schema }),
      },
    ]),
  );
}

const HEADERS = ["header", "authorization"] as const;

function schemeOf(member: RequestMember | undefined): Pick<CredentialRule, "authorization"> {
  return member ? { authorization: member.path[0] } : {};
}

function cookieOf(member: RequestMember | undefined): Pick<CredentialRule, "cookie"> {
  return member ? { cookie: member.path[0] } : {};
}

function basicPart(member: RequestMember | undefined): Pick<CredentialRule, "basic" | "encoding"> {
  const [part] = member?.path ?? [];
  if (part !== "username" && part !== "password") return {};
  return { basic: part, ...(member?.encoding && { encoding: member.encoding }) };
}
