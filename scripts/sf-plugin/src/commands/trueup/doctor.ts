import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { type Finding, examine } from '../../org/checks.ts';
import { restOf } from '../../org/rest.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@trueup/sf-plugin', 'trueup.doctor');

export interface DoctorResult {
  orgId: string;
  instanceUrl: string;
  healthy: boolean;
  findings: Finding[];
}

const MARK: Record<Finding['state'], string> = { ok: 'ok', warning: 'warning', failed: 'FAILED', unknown: 'unknown' };

/** Tests each connection, right and permission that can be reached and says what to do about each. */
export default class Doctor extends SfCommand<DoctorResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly flags = {
    'target-org': Flags.requiredOrg(),
    'api-version': Flags.orgApiVersion(),
  };

  public async run(): Promise<DoctorResult> {
    const { flags } = await this.parse(Doctor);
    const org = flags['target-org'];
    const connection = org.getConnection(flags['api-version']);
    const findings = await examine({ rest: restOf(connection), orgId: org.getOrgId(), health });
    this.table({
      data: findings.map((finding) => ({ check: finding.check, state: MARK[finding.state], detail: finding.detail, fix: finding.fix })),
      columns: ['check', 'state', 'detail', { key: 'fix', name: 'What to do' }],
      overflow: 'wrap',
    });
    const broken = findings.filter((finding) => finding.state === 'failed').length;
    if (broken > 0) process.exitCode = 1;
    this.log(broken === 0 ? messages.getMessage('info.healthy') : messages.getMessage('info.broken', [broken]));
    return { orgId: org.getOrgId(), instanceUrl: connection.instanceUrl, healthy: broken === 0, findings };
  }
}

interface Health {
  status?: string;
  checks?: { name: string; ok: boolean; detail: string }[];
  error?: string;
}

async function health(url: string): Promise<Health> {
  try {
    const answer = await fetch(`${url.replace(/\/$/, '')}/health?now`, { signal: AbortSignal.timeout(15_000) });
    return (await answer.json()) as Health;
  } catch (error) {
    const { cause, message } = error as { cause?: { code?: string }; message: string };
    return { error: cause?.code ?? message };
  }
}
