const { authorizedFetch } = require("@org/auth-core");
const { useAll } = require("./helpers.mjs");
const { creates } = require("./vendors.cjs");

useAll(creates, authorizedFetch, JSON.parse(process.env.SANDBOX_FACTS)).then(console.log);
