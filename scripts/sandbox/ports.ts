import net from 'node:net';
import { SandboxError } from './state.ts';

const NAMES = ['page', 'org', 'stripe', 'quickbooks', 'functions'] as const;
export type Ports = Record<(typeof NAMES)[number], number>;

/** Ports in a row from `base`, those of `used` free; or, with base 0, any free ones. */
export async function choosePorts(base: number, used: readonly (keyof Ports)[] = NAMES): Promise<Ports> {
  const chosen: [string, number][] = [];
  for (const [index, name] of NAMES.entries()) {
    if (!used.includes(name)) continue;
    const wanted = base === 0 ? 0 : base + index;
    chosen.push([name, await freePort(wanted)]);
  }
  return Object.fromEntries(chosen) as Ports;
}

function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', () =>
      reject(
        new SandboxError(`Port ${wanted} is in use by another program.`, 'Choose other ports, for example: TRUEUP_PORT=4100 npm start'),
      ),
    );
    probe.listen(wanted, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
