import net from 'node:net';
import { SandboxError } from './state.ts';

const NAMES = ['page', 'org', 'stripe', 'quickbooks', 'functions'] as const;
export type Ports = Record<(typeof NAMES)[number], number>;

/** Below what systems give to outgoing connections: such a one would take the port of a process that is being started again. */
const ANY = { from: 20_000, to: 32_000 };

/** Ports in a row from `base`, those of `used` free; or, with base 0, any such row. */
export async function choosePorts(base: number, used: readonly (keyof Ports)[] = NAMES): Promise<Ports> {
  if (base !== 0) return rowFrom(base, used);
  for (let tries = 0; ; tries += 1) {
    const row = ANY.from + Math.floor(Math.random() * (ANY.to - ANY.from));
    try {
      return await rowFrom(row, used);
    } catch (error) {
      if (tries === 100) throw error;
    }
  }
}

async function rowFrom(base: number, used: readonly (keyof Ports)[]): Promise<Ports> {
  const chosen = NAMES.flatMap((name, index) => (used.includes(name) ? [[name, base + index] as const] : []));
  for (const [, port] of chosen) await mustBeFree(port);
  return Object.fromEntries(chosen) as Ports;
}

function mustBeFree(wanted: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', () =>
      reject(
        new SandboxError(`Port ${wanted} is in use by another program.`, 'Choose other ports, for example: TRUEUP_PORT=4100 npm start'),
      ),
    );
    probe.listen(wanted, '127.0.0.1', () => probe.close(() => resolve()));
  });
}
