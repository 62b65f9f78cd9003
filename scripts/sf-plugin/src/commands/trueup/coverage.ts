import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { type StandInCoverage, countByKind, readCoverage } from '../../sandbox/coverage.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@trueup/sf-plugin', 'trueup.coverage');

export interface CoverageResult {
  standIns: StandInCoverage[];
}

/** Prints what each stand-in of the running sandbox covers, how sure it is of it, and what it refused. */
export default class Coverage extends SfCommand<CoverageResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly flags = {
    'sandbox-file': Flags.file({ summary: messages.getMessage('flags.sandbox-file.summary'), default: '.sandbox/sandbox.json' }),
    all: Flags.boolean({ summary: messages.getMessage('flags.all.summary') }),
  };

  public async run(): Promise<CoverageResult> {
    const { flags } = await this.parse(Coverage);
    const standIns = await readCoverage(flags['sandbox-file'], messages);
    this.table({
      data: standIns.flatMap(countByKind),
      columns: ['system', 'kind', 'recorded', 'documented', 'typed', 'assumed'],
      title: messages.getMessage('table.counts'),
    });
    if (flags.all) {
      this.table({
        data: standIns.flatMap(({ system, covered }) => covered.map((row) => ({ system, ...row }))),
        columns: ['system', 'kind', 'item', 'fidelity', 'source'],
        overflow: 'wrap',
        title: messages.getMessage('table.covered'),
      });
    }
    const refused = standIns.flatMap(({ system, refused: items }) => items.map(({ item, count }) => ({ system, item, times: count })));
    if (refused.length === 0) this.log(messages.getMessage('info.none-refused'));
    else this.table({ data: refused, columns: ['system', 'item', 'times'], overflow: 'wrap', title: messages.getMessage('table.refused') });
    return { standIns };
  }
}
