/**
 * What an OpenAPI 3.1 description says about access tokens, and tokens straight from one.
 *
 * @module
 */

export { children, isNode, type Node, nodeAt, type Place, pointerKeys, rootOf, step } from "./document.ts";
export { expressionHeader, expressionPath } from "./expression.ts";
export { problemList, problemText, RULES, type Rule, type SpecProblem, shown } from "./problem.ts";
export { readTokenOperations, type TokenSpecification } from "./read-token-operations.ts";
export { credentialsOf, type Grant } from "./request/grants.ts";
export { parametersOf } from "./request/parameters.ts";
export type { RequestExample } from "./request/request-examples.ts";
export {
  type Credential,
  type RequestMember,
  type RequestPlace,
  SECRET_NAME,
} from "./request/request-members.ts";
export { exampleResponse } from "./response/example-response.ts";
export type { ResponseDescription, TokenRefusal, TokenSuccess } from "./response/responses.ts";
export {
  branches,
  constantOf,
  embeddedJson,
  type Property,
  partsOf,
  propertiesOf,
  typesOf,
} from "./schema.ts";
export type { Variable } from "./server-variables.ts";
export { exampleServer, type Server } from "./servers.ts";
export type { TokenOperation } from "./token-operation.ts";
export { rulesOf } from "./tokens/credential-rules.ts";
export { tokenRequest } from "./tokens/send-token-request.ts";
export { createSpecTokenCache, type SpecTokenCacheOptions, vendorSlug } from "./tokens/spec-token-cache.ts";
export { mappingsOf, type SpecCredentials, serversOf } from "./tokens/token-endpoint.ts";
