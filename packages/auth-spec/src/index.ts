/**
 * What an OpenAPI 3.1 description says about access tokens, and tokens straight from one.
 *
 * @module
 */
export { rulesOf } from "./credential-rules.ts";
export { children, isNode, type Node, nodeAt, type Place, pointerKeys, rootOf, step } from "./document.ts";
export { exampleResponse } from "./example-response.ts";
export { expressionHeader, expressionPath } from "./expression.ts";
export { credentialsOf, type Grant } from "./grants.ts";
export { parametersOf } from "./parameters.ts";
export { problemList, problemText, RULES, type Rule, type SpecProblem, shown } from "./problem.ts";
export { readTokenOperations, type TokenSpecification } from "./read-token-operations.ts";
export type { RequestExample } from "./request-examples.ts";
export {
  type Credential,
  type RequestMember,
  type RequestPlace,
  SECRET_NAME,
} from "./request-members.ts";
export type { ResponseDescription, TokenRefusal, TokenSuccess } from "./responses.ts";
export {
  branches,
  constantOf,
  embeddedJson,
  type Property,
  partsOf,
  propertiesOf,
  typesOf,
} from "./schema.ts";
export { tokenRequest } from "./send-token-request.ts";
export type { Variable } from "./server-variables.ts";
export { exampleServer, type Server } from "./servers.ts";
export { createSpecTokenCache, type SpecTokenCacheOptions, vendorSlug } from "./spec-token-cache.ts";
export { mappingsOf, type SpecCredentials, serversOf } from "./token-endpoint.ts";
export type { TokenOperation } from "./token-operation.ts";
