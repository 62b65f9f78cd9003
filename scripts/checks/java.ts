import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { javaLibrary } from './org/standard-objects.ts';

const NEEDED = 17;

/** What to install when there is no Java of the version apex-ls and PMD need; undefined when there is. */
export function missingJava(): string | undefined {
  const { stderr, error } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  const major = Number(/version "(\d+)/.exec(stderr ?? '')?.[1] ?? 0);
  if (!error && major >= NEEDED) return undefined;
  const found = major > 0 ? `Java ${major} is too old` : 'there is no Java';
  return `${found}. Install Java ${NEEDED} or newer: sudo apt-get install openjdk-${NEEDED}-jre-headless, brew install openjdk@${NEEDED}, or https://adoptium.net`;
}

/** What a Java program of the library said, and the code it ended with. */
export function runJava(program: string, args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  // Both tools end within seconds: the quick compiler alone costs least.
  const flags = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xss4m'];
  return new Promise((resolve, reject) => {
    const child = spawn('java', [...flags, '-cp', path.join(javaLibrary, '*'), program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { stdout: '', stderr: '' };
    child.stdout.on('data', (part: Buffer) => (said.stdout += part.toString()));
    child.stderr.on('data', (part: Buffer) => (said.stderr += part.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? -1, ...said }));
  });
}
