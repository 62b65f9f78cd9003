import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');

export interface Breach {
  rule: string;
  from: string;
  to: string;
}

interface CruiseReport {
  summary: { totalCruised: number; violations: { from: string; to: string; rule: { name: string; severity: string } }[] };
}

/**
 * Cruises `functions` and `scripts` below `root` with the fence of this repository.
 * @returns every breach; throws when no module was read, since an empty answer proves nothing.
 */
export function findBreaches(root: string = repository): Breach[] {
  const cruiser = path.join(repository, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const config = path.join(root, 'config/.dependency-cruiser.cjs');
  const args = [cruiser, '--config', config, '--output-type', 'json', 'functions', 'scripts'];
  const report = JSON.parse(cruise(args, root)) as CruiseReport;
  if (report.summary.totalCruised === 0) throw new Error('the import fence read no modules: is TypeScript 6 installed?');
  return report.summary.violations
    .filter((violation) => violation.rule.severity === 'error')
    .map((violation) => ({ rule: violation.rule.name, from: violation.from, to: violation.to }));
}

/** The cruiser exits with the number of errors and prints the report all the same. */
function cruise(args: string[], cwd: string): string {
  try {
    return execFileSync(process.execPath, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    if (stdout?.startsWith('{')) return stdout;
    throw new Error(`the import fence could not run: ${stderr ?? String(error)}`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const breaches = findBreaches();
  for (const { rule, from, to } of breaches) console.error(`${from} imports ${to}: ${rule}`);
  console.log(breaches.length === 0 ? 'The import fence holds.' : `${breaches.length} imports cross the fence.`);
  process.exitCode = breaches.length === 0 ? 0 : 1;
}
