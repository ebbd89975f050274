export type { Acceptable, Credentials } from "./request/credentials.ts";
export type { BodyFault, Fault } from "./response/faults.ts";
export { createSandbox, type Sandbox, type SandboxOptions } from "./sandbox.ts";
export type { ServedRequest } from "./server/served-request.ts";
export type { ListeningSandbox, ListenOptions } from "./server/server.ts";
export type { Counts, SandboxVendor } from "./vendor/vendor-api.ts";
export type { OpenApiDocument } from "./vendor/vendor-spec.ts";
