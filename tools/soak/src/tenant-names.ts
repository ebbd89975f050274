/** How many tenants there are. They are all at one vendor. */
export const TENANTS = 1000;
/** The vendor, which accepts each of them. */
export const TENANTS_VENDOR = "stonex";
/** The client identifier of a tenant. */
export const tenantName = (number: number): string => `tenant-${number}`;
