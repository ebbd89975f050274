/**
 * OpenTelemetry metrics of token caches.
 *
 * @module
 */
export { type TokenMetricsOptions, tokenMetrics } from "./token-metrics.ts";
