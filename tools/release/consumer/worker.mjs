// A worker gets the facts as a binding.
import { authorizedFetch } from "@org/auth-core";
import { useAll } from "./helpers.mjs";
import { creates } from "./vendors.mjs";

export default {
  fetch: async (_request, { FACTS }) => new Response(await useAll(creates, authorizedFetch, FACTS)),
};
