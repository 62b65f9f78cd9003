import fs from 'node:fs';

const TICKS_PER_SECOND = 100;

/** Seconds of CPU that this process has used, with its children that are gone; NaN where nobody tells, so that no aim is met by it. */
export function cpuSeconds(pid: number): number {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === '') return NaN;
  // After the name in brackets, which may hold anything: fields 14 to 17 of proc(5).
  const [utime = 0, stime = 0, cutime = 0, cstime = 0] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15)
    .map(Number);
  return (utime + stime + cutime + cstime) / TICKS_PER_SECOND;
}

/** The same of a server and the processes it started: PostgreSQL has one for each connection. */
export function cpuSecondsOfFamily(pid: number): number {
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  // What a child used that is gone meanwhile is in its parent's.
  return children.reduce((all, each) => all + (cpuSeconds(each) || 0), cpuSeconds(pid));
}

/** Resident memory in megabytes; NaN where nobody tells. */
export const memoryMb = (pid: number): number =>
  Math.round(Number(/VmRSS:\s+(\d+) kB/.exec(read(`/proc/${pid}/status`))?.[1] ?? NaN) / 1024);

function read(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
