export type { Acceptable, Credentials } from "./credentials.ts";
export type { BodyFault, Fault } from "./faults.ts";
export { createSandbox, type Sandbox, type SandboxOptions } from "./sandbox.ts";
export type { ServedRequest } from "./served-request.ts";
export type { ListeningSandbox, ListenOptions } from "./server.ts";
export type { Counts, SandboxVendor } from "./vendor-api.ts";
export type { OpenApiDocument } from "./vendor-spec.ts";
