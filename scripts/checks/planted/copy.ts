import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const repository = path.resolve(import.meta.dirname, '../../..');
/** The least the checks need beside force-app: one operation that is whole. */
const FUNCTIONS: Record<string, string> = {
  'functions/openapi.yaml': 'paths:\n  /v1/issue-invoice:\n    post:\n      operationId: issue-invoice\n',
  'functions/src/endpoints/issue-invoice.ts': 'export {};\n',
  'functions/src/use-cases/issue-invoice.ts': 'export {};\n',
};

/** A copy of the package in a temporary folder, to be spoiled. */
export class Copy {
  readonly root = mkdtempSync(path.join(tmpdir(), 'trueup-planted-'));

  constructor() {
    cpSync(path.join(repository, 'force-app'), path.join(this.root, 'force-app'), {
      recursive: true,
      filter: (file) => !file.includes('__tests__'),
    });
    cpSync(path.join(repository, 'sfdx-project.json'), path.join(this.root, 'sfdx-project.json'));
    for (const [file, text] of Object.entries(FUNCTIONS)) this.write(file, text);
  }

  /** Replaces the first occurrence. Throws when there is none: a defect that was not planted proves nothing. */
  edit(file: string, from: string, to: string): void {
    const text = readFileSync(path.join(this.root, file), 'utf8');
    if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`);
    this.write(
      file,
      text.replace(from, () => to),
    );
  }

  write(file: string, text: string): void {
    mkdirSync(path.dirname(path.join(this.root, file)), { recursive: true });
    writeFileSync(path.join(this.root, file), text);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
