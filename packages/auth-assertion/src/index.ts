export type { AssertionAlgorithm } from "./algorithms.ts";
export type { AssertionOptions } from "./assertion.ts";
export { type BearerAssertionOptions, bearerAssertion } from "./bearer-assertion.ts";
export { type ClientAssertionOptions, clientAssertion } from "./client-assertion.ts";
export type { KeyObjectLike, PrivateKey } from "./private-key.ts";
export type { Sign, SignWith } from "./signer.ts";
