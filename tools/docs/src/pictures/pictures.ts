import { refusedToken } from "./refused-token.ts";
import type { Picture } from "./svg.ts";
import { tokenLookup } from "./token-lookup.ts";
import { tokenStates } from "./token-states.ts";

/** The pictures that guides include by name. */
export const pictures: readonly Picture[] = [tokenStates, refusedToken, tokenLookup];
