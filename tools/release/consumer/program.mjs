import { authorizedFetch } from "@org/auth-core";
import { useAll } from "./helpers.mjs";
import { creates } from "./vendors.mjs";

useAll(creates, authorizedFetch, JSON.parse(process.env.SANDBOX_FACTS)).then(console.log);
