import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { erasePostgres, startPostgres, type RunningPostgres } from './index.ts';
import { isPostgres } from './postmaster.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'trueup-pg-')), 'postgres');
});
afterEach(async () => {
  await erasePostgres({ dataDir }).catch(() => {});
  fs.rmSync(path.dirname(dataDir), { recursive: true, force: true });
});

async function ask<T>(server: RunningPostgres, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: server.url });
  client.on('error', () => {}); // the server ends open connections when it stops
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}

/** Another process that starts the server and then waits to be killed. */
async function startInAnotherProcess(): Promise<{ kill(): Promise<void>; pid: number }> {
  const code = `import { startPostgres } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)};
    const { pid } = await startPostgres({ dataDir: ${JSON.stringify(dataDir)} }); console.log(pid); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    pid: Number(line.toString()),
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'close');
    },
  };
}

describe('a server of our own', () => {
  test('starts, keeps its data over a stop, runs with fsync and under an unprivileged user', async () => {
    process.env.PGPORT = '1';
    const first = await startPostgres({ dataDir });
    delete process.env.PGPORT;
    expect(await ask(first, 'show fsync')).toEqual([{ fsync: 'on' }]);
    expect(await ask(first, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    await ask(first, 'create table kept as select 42 as answer');
    if (process.platform === 'linux' && process.getuid?.() === 0) {
      expect(fs.readFileSync(`/proc/${first.pid}/status`, 'utf8')).not.toMatch(/^Uid:\s+0/m);
    }
    await first.stop();
    expect(isPostgres(first.pid)).toBe(false);

    const second = await startPostgres({ dataDir });
    expect(second.reused).toBe(false);
    expect(await ask(second, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  test('refuses a connection without its password', async () => {
    const { url } = await startPostgres({ dataDir });
    const client = new pg.Client({ connectionString: url.replace(/:[^:@]+@/, ':guess@') });
    await expect(client.connect()).rejects.toThrow(/password authentication failed/);
  });

  test('takes over the server of a killed parent', async () => {
    const parent = await startInAnotherProcess();
    await parent.kill();
    const server = await startPostgres({ dataDir });
    expect(server).toMatchObject({ pid: parent.pid, reused: true });
    expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
    expect(isPostgres(parent.pid)).toBe(false);
  });

  test('recovers what was committed when the server itself was killed', async () => {
    const first = await startPostgres({ dataDir });
    await ask(first, 'create table kept as select 7 as answer');
    process.kill(first.pid, 'SIGKILL');
    while (isPostgres(first.pid)) await new Promise((resolve) => setTimeout(resolve, 20));
    const second = await startPostgres({ dataDir });
    expect(second.reused).toBe(false);
    expect(await ask(second, 'select answer from kept')).toEqual([{ answer: 7 }]);
  });

  test('ignores a pid file that names a process which is not PostgreSQL', async () => {
    const first = await startPostgres({ dataDir });
    const [{ data_directory: cluster = '' } = {}] = await ask<{ data_directory: string }>(first, 'show data_directory');
    await first.stop();
    fs.writeFileSync(path.join(cluster, 'postmaster.pid'), `${process.pid}\n${cluster}\n0\n1\n\n127.0.0.1\n\nready\n`);
    expect((await startPostgres({ dataDir })).reused).toBe(false);
  });

  test('a half-written cluster is refused with a way out, one that was being made is made again', async () => {
    const first = await startPostgres({ dataDir });
    const [{ data_directory: cluster = '' } = {}] = await ask<{ data_directory: string }>(first, 'show data_directory');
    await first.stop();
    fs.rmSync(path.join(cluster, 'global/pg_control'));
    await expect(startPostgres({ dataDir })).rejects.toThrow(/damaged; start over with: npm start -- --fresh/);
    fs.rmSync(path.join(cluster, 'PG_VERSION'));
    await expect(startPostgres({ dataDir })).rejects.toThrow(/damaged; start over with: npm start -- --fresh/);

    fs.renameSync(cluster, path.join(path.dirname(cluster), 'cluster.half'));
    expect((await startPostgres({ dataDir })).reused).toBe(false);
  });

  test('erasing stops the server and leaves nothing behind', async () => {
    const server = await startPostgres({ dataDir });
    const [{ data_directory: cluster = '' } = {}] = await ask<{ data_directory: string }>(server, 'show data_directory');
    await erasePostgres({ dataDir });
    expect(isPostgres(server.pid)).toBe(false);
    expect(fs.existsSync(cluster)).toBe(false);
    expect(fs.existsSync(dataDir)).toBe(false);
  });

  test.runIf(process.getuid?.() === 0)('as root, data of a folder deleted by hand is swept at the next start', async () => {
    const server = await startPostgres({ dataDir });
    const home = fs.readFileSync(path.join(dataDir, 'home'), 'utf8');
    await server.stop();
    fs.rmSync(dataDir, { recursive: true });
    await startPostgres({ dataDir });
    expect(fs.existsSync(home)).toBe(false);
  });
});
