import { type Attributes, metrics } from '@opentelemetry/api';
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';

/** Counts and durations that `GET /metrics` shows in Prometheus' text format. */
export interface Metrics {
  /** One call to a remote system: system, operation, outcome and seconds. */
  call(system: string, operation: string, outcome: string, seconds: number): void;
  /** One more of something: a webhook received, an operation finished. */
  count(
    name: 'webhooks_received' | 'webhooks_kept' | 'operations_finished' | 'inbox_drained' | 'sweeps_found',
    attributes: Attributes,
  ): void;
  text(): Promise<string>;
  /** Calls so far by system, for `bench:issue` and the sync run. */
  calls(): Record<string, number>;
}

export function createMetrics(): Metrics {
  const exporter = new PrometheusExporter({ preventServerStart: true });
  const provider = new MeterProvider({ readers: [exporter] });
  metrics.setGlobalMeterProvider(provider);
  const meter = provider.getMeter('trueup');
  const duration = meter.createHistogram('trueup_call_seconds', { description: 'Calls to Salesforce, Stripe and QuickBooks', unit: 's' });
  const counters = new Map<string, ReturnType<typeof meter.createCounter>>();
  const serializer = new PrometheusSerializer();
  const totals: Record<string, number> = {};
  return {
    call(system, operation, outcome, seconds) {
      totals[system] = (totals[system] ?? 0) + 1;
      duration.record(seconds, { system, operation, outcome });
    },
    count(name, attributes) {
      let counter = counters.get(name);
      if (!counter) counters.set(name, (counter = meter.createCounter(`trueup_${name}`)));
      counter.add(1, attributes);
    },
    async text() {
      const { resourceMetrics } = await exporter.collect();
      return serializer.serialize(resourceMetrics);
    },
    calls: () => ({ ...totals }),
  };
}
