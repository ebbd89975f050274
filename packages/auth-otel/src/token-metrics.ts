import { type Attributes, type MeterProvider, metrics, ValueType } from "@opentelemetry/api";
import { type TokenCacheEvent, TokenRequestError } from "@org/auth-core";

/** How metrics are broken down. */
export interface TokenMetricsOptions {
  /**
   * Whether each tenant of a pool has its own metrics, by `auth.tenant`. Default `false`: a time series for each tenant
   * is more than most back ends can take.
   */
  readonly tenant?: boolean | undefined;
}

/** In seconds: the boundaries that OpenTelemetry recommends for the duration of HTTP requests. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/**
 * A listener for the `onEvent` option of token caches that records what they do as OpenTelemetry metrics.
 *
 * @param meterProvider - records the metrics. Default: the global one as of the first event.
 * @throws {TypeError} for a `meterProvider` that is not one, and for an unknown option or a wrong value.
 * @see {@link https://opentelemetry.io/docs/specs/semconv/general/metrics/ OpenTelemetry, metrics semantic conventions}
 */
export function tokenMetrics(
  meterProvider?: MeterProvider,
  options: TokenMetricsOptions = {},
): (event: TokenCacheEvent) => void {
  if (meterProvider !== undefined && typeof Object(meterProvider).getMeter !== "function") {
    throw new TypeError(`meterProvider: expected a MeterProvider, received ${typeof meterProvider}`);
  }
  if (typeof options !== "object" || options === null) {
    throw new TypeError(
      `options: expected an object, received ${options === null ? "null" : typeof options}`,
    );
  }
  const { tenant: hasTenants = false, ...unknown } = options;
  const [name] = Object.keys(unknown);
  if (name !== undefined) throw new TypeError(`unknown option "${name}": expected tenant`);
  if (typeof hasTenants !== "boolean") {
    throw new TypeError(`tenant: expected true or false, received ${typeof hasTenants}`);
  }
  let instruments: Instruments | undefined;
  return (event) => {
    instruments ??= instrumentsOf(meterProvider ?? metrics.getMeterProvider());
    record(instruments, event, hasTenants);
  };
}

const TENANT = "auth.tenant";
/** How long after its expiry a tenant's token is still observed, in milliseconds. */
const ABANDONED_AFTER = 3_600_000;

type Instruments = ReturnType<typeof createInstruments>;

/** A token in use, and its owner. */
interface Held {
  readonly attributes: Attributes;
  /** In milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** By provider, since of two gauges with the same name and attributes a reader sees only one. */
const KNOWN = new WeakMap<MeterProvider, Instruments>();

function instrumentsOf(provider: MeterProvider): Instruments {
  const instruments = KNOWN.get(provider) ?? createInstruments(provider);
  KNOWN.set(provider, instruments);
  return instruments;
}

function createInstruments(provider: MeterProvider) {
  const meter = provider.getMeter("@org/auth-otel");
  const seconds = { unit: "s", valueType: ValueType.DOUBLE, advice: { explicitBucketBoundaries: BUCKETS } };
  const counted = { valueType: ValueType.INT };
  const held = new Map<string, Held>();
  const timeToExpiry = meter.createObservableGauge("auth.token.time_to_expiry", {
    unit: "s",
    description: "Time until the held token expires; negative once it has.",
  });
  timeToExpiry.addCallback((result) => {
    const now = Date.now();
    for (const [holder, { attributes, expiresAt }] of held) {
      // Its cache has most likely been dropped from the pool.
      if (attributes[TENANT] !== undefined && now - expiresAt > ABANDONED_AFTER) held.delete(holder);
      else result.observe((expiresAt - now) / 1000, attributes);
    }
  });
  return {
    held,
    requests: meter.createHistogram("auth.token.request.duration", {
      ...seconds,
      description: "Duration of token requests, including those that returned no token.",
    }),
    renewals: meter.createHistogram("auth.token.renewal.duration", {
      ...seconds,
      description: "Time taken to renew a token, from the vendor or from the token store.",
    }),
    failures: meter.createCounter("auth.token.renewal.failures", {
      ...counted,
      unit: "{failure}",
      description: "Renewals that returned no token.",
    }),
    invalidations: meter.createCounter("auth.token.invalidations", {
      ...counted,
      unit: "{token}",
      description: "Tokens that an API refused.",
    }),
    storeFailures: meter.createCounter("auth.token.store.failures", {
      ...counted,
      unit: "{failure}",
      description: "Accesses to the token store that failed.",
    }),
  };
}

function record(instruments: Instruments, event: TokenCacheEvent, hasTenants: boolean): void {
  const { vendor, key } = event;
  const attributes: Attributes = {
    ...(vendor !== undefined && { "auth.vendor": vendor }),
    ...(hasTenants && key !== undefined && { [TENANT]: key }),
  };
  const holder = JSON.stringify([vendor, key]);
  switch (event.type) {
    case "attempted":
      instruments.requests.record(event.duration / 1000, {
        ...attributes,
        ...(event.serverAddress !== undefined && { "server.address": event.serverAddress }),
        ...(event.error && { "error.type": errorType(event.error) }),
      });
      break;
    case "renewed":
      instruments.renewals.record(event.duration / 1000, { ...attributes, "auth.token.from": event.from });
      // The tenants of a pool do not share one expiry.
      if (key === undefined || hasTenants) {
        instruments.held.set(holder, { attributes, expiresAt: event.expiresAt });
      }
      break;
    case "failed":
      instruments.failures.add(1, {
        ...attributes,
        "error.type": errorType(event.error),
        "auth.background": event.background,
      });
      break;
    case "invalidated":
      instruments.invalidations.add(1, attributes);
      instruments.held.delete(holder);
      break;
    case "store_failed":
      instruments.storeFailures.add(1, { ...attributes, "auth.store.operation": event.operation });
      break;
    case "refresh_token_not_stored":
      instruments.storeFailures.add(1, { ...attributes, "auth.store.operation": "refresh_token" });
      break;
  }
}

/** A value from a small set, never a message. */
function errorType(error: unknown): string {
  if (error instanceof TokenRequestError) return error.code;
  return error instanceof Error ? error.name : "_OTHER";
}
