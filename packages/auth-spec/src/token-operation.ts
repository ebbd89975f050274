import type { ApiSecurity } from "@org/auth-core/vendor";
import type { Place } from "./document.ts";
import type { Grant } from "./request/grants.ts";
import type { TokenRefusal, TokenSuccess } from "./response/responses.ts";
import type { Server } from "./servers.ts";

/** An operation that issues tokens, with everything that its specification says about it. */
export interface TokenOperation {
  /** In capitals. */
  readonly method: "GET" | "POST";
  /** Such as `"/v{version}/token"`. */
  readonly path: string;
  /** Where it issues tokens, and the API that they are for; none if the vendor publishes no host. */
  readonly servers: readonly Server[];
  /** How API calls are authorized, the same for all operations; `undefined` for `Authorization: Bearer` alone. */
  readonly security: ApiSecurity | undefined;
  /** The media types of the request body, the preferred one first. */
  readonly mediaTypes: readonly string[];
  readonly grants: readonly Grant[];
  readonly success: TokenSuccess;
  /** The other documented responses, in the order of the specification. */
  readonly refusals: readonly TokenRefusal[];
  /** The place of the operation in the document, and that of its path item. */
  readonly place: Place;
  readonly pathItem: Place;
}
