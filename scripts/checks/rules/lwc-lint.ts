import { ESLint } from 'eslint';
import path from 'node:path';
import type { Finding } from '../finding.ts';

export const name = 'lwc-lint';
export const shows = "ESLint with Salesforce's rules accepts the components";

const CONFIG = path.resolve(import.meta.dirname, '../../../config/eslint.config.js');

export async function check(root: string): Promise<Finding[]> {
  const eslint = new ESLint({ cwd: root, overrideConfigFile: CONFIG, errorOnUnmatchedPattern: false });
  const results = await eslint.lintFiles(['force-app/**/lwc/**/*.js']);
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ line, message, ruleId }) => ({
      file: path.relative(root, filePath),
      line,
      message: `${message} (${ruleId ?? 'syntax'})`,
    })),
  );
}
