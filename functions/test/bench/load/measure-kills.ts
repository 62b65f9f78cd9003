import type { Load } from '../../../src/domain/first-load/load.ts';
import { accountsOf, fillPast, sharesOf } from '../../first-load/fill-past.ts';
import { writersOf } from '../../first-load/past-writers.ts';
import { compareWithLaid } from '../../first-load/laid-past.ts';
import { type Road, startRoad } from '../../road.ts';

/** Between two kills; a start of the functions takes longer. */
const BETWEEN_MS = 700;

/** The running product, with its engine and its database: its process is killed again and again while it loads. */
export async function measureKills({
  seed,
  records,
  kills,
  log,
}: {
  seed: number;
  records: number;
  kills: number;
  log(line: string): void;
}) {
  const road = await startRoad({ durable: true });
  try {
    const { sandbox } = road;
    await road.insert('Account', ...accountsOf(seed, sharesOf(records).customers).map(({ name, phone }) => ({ Name: name, Phone: phone })));
    const laid = await fillPast({ ...writersOf(sandbox), standIns: sandbox }, seed, records);
    const started = performance.now();
    log(JSON.stringify(await road.call('forecast-load', {}, 'admin')));
    log(JSON.stringify(await road.call('start-load', {}, 'admin')));
    let killed = 0;
    let load = await readLoad(road);
    while (load.state === 'running' && performance.now() - started < 600_000) {
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
      if (killed < kills) {
        await sandbox.functions.kill();
        killed += 1;
        await sandbox.functions.start();
      }
      load = await readLoad(road);
    }
    const { state, objects, problems } = load;
    const compared = await compareWithLaid(laid, road.soql);
    return { state, killed, objects, problems, ...compared, seconds: (performance.now() - started) / 1000 };
  } finally {
    await road.stop();
  }
}

async function readLoad(road: Road): Promise<Load> {
  const reply = (await road.call('read-load', {}, 'admin')) as unknown as { load?: Load };
  if (!reply.load) throw new Error(`no load: ${JSON.stringify(reply)}`);
  return reply.load;
}
