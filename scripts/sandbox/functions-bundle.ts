import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { buildOnce, folderBuiltFrom } from './built-once.ts';
import { SandboxError } from './state.ts';

/** Bundles the functions as a deployment does, unless these very sources were bundled before; answers the folder. */
export async function bundleFunctions(root: string, cacheDir: string): Promise<string> {
  const functions = path.join(root, 'functions');
  const sources = fs
    .readdirSync(path.join(functions, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|sql)$/.test(name) && !/\.(test|fixture)\.ts$/.test(name))
    .map((name) => path.join(functions, 'src', name))
    .sort();
  const files = [...sources, path.join(functions, 'bundle.ts'), path.join(root, 'package-lock.json')];
  const folder = folderBuiltFrom(
    path.join(cacheDir, 'functions'),
    files.filter((file) => fs.existsSync(file)).map((file) => ({ base: root, file })),
  );
  await buildOnce(folder, async (aside) => {
    await promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', path.join(functions, 'bundle.ts'), aside]);
  }).catch((error: Error) => {
    throw new SandboxError(`The functions cannot be bundled: ${error.message}`, 'Mend what it names and start again.');
  });
  return folder;
}
