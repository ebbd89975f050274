import type { Fetch } from "@org/auth-core";
import { fetch } from "undici";
import { stonexApi } from "../network/api.ts";

export const { tokens, whoAmI } = stonexApi(fetch as unknown as Fetch);
