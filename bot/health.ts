/** `/healthz` and Prometheus `/metrics`, on the loopback address only. */
import { createServer, type Server } from 'node:http';
import process from 'node:process';

export interface Vital {
  /** Metric name without the `lanxing_` prefix. */
  readonly name: string;
  readonly help: string;
  readonly kind: 'gauge' | 'counter';
  readonly value: () => number;
}

export interface HealthOptions {
  readonly port: number;
  /** Null = healthy; otherwise why not, in one line. */
  readonly trouble: () => string | null;
  readonly vitals: readonly Vital[];
}

function metricsText(vitals: readonly Vital[]): string {
  return vitals
    .map(
      (v) =>
        `# HELP lanxing_${v.name} ${v.help}\n# TYPE lanxing_${v.name} ${v.kind}\nlanxing_${v.name} ${v.value()}\n`,
    )
    .join('');
}

/** Vitals that every process has. */
export const processVitals: readonly Vital[] = [
  { name: 'resident_bytes', help: 'Resident memory.', kind: 'gauge', value: () => process.memoryUsage.rss() },
  {
    name: 'uptime_seconds',
    help: 'Seconds since the process started.',
    kind: 'counter',
    value: () => Math.round(process.uptime()),
  },
];

/** Serves health on 127.0.0.1; rejects where the port is taken. */
export function serveHealth(options: HealthOptions): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url === '/healthz') {
      const trouble = options.trouble();
      response.writeHead(trouble === null ? 200 : 503, { 'content-type': 'text/plain; charset=utf-8' });
      response.end(trouble === null ? 'ok\n' : `${trouble}\n`);
    } else if (request.url === '/metrics') {
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
      response.end(metricsText([...processVitals, ...options.vitals]));
    } else {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', () => resolve(server));
  });
}
