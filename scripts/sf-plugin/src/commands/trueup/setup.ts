import { Messages, SfError } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { readNamedCredential, readSecret, writeNamedCredential, writeSecret } from '../../org/credential.ts';
import { type Assignment, type Role, SETS, assign, missingAssignments } from '../../org/people.ts';
import { type Rest, restOf } from '../../org/rest.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@trueup/sf-plugin', 'trueup.setup');

export interface SetupResult {
  orgId: string;
  dryRun: boolean;
  steps: { step: string; done: boolean }[];
}

interface Step {
  step: string;
  run(): Promise<void>;
}

const person = (role: Role) => Flags.string({ multiple: true, summary: messages.getMessage(`flags.${role}.summary`, [SETS[role]]) });

/** Creates the named credential, fills its secret and assigns permission sets; shows first what it will do. */
export default class Setup extends SfCommand<SetupResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly flags = {
    'target-org': Flags.requiredOrg(),
    'api-version': Flags.orgApiVersion(),
    'functions-url': Flags.url({ summary: messages.getMessage('flags.functions-url.summary') }),
    'secret-env': Flags.string({ summary: messages.getMessage('flags.secret-env.summary'), default: 'TRUEUP_FUNCTION_SECRET' }),
    rep: person('rep'),
    admin: person('admin'),
    accountant: person('accountant'),
    automation: person('automation'),
    integration: person('integration'),
    'dry-run': Flags.boolean({ summary: messages.getMessage('flags.dry-run.summary') }),
    'no-prompt': Flags.boolean({ summary: messages.getMessage('flags.no-prompt.summary') }),
  };

  public async run(): Promise<SetupResult> {
    const { flags } = await this.parse(Setup);
    const org = flags['target-org'];
    const rest = restOf(org.getConnection(flags['api-version']));
    const roles = (Object.keys(SETS) as Role[]).flatMap((role) => (flags[role] ?? []).map((username) => ({ role, username })));
    const steps = [
      ...(await this.credentialSteps(rest, flags['functions-url'], flags['secret-env'], flags['dry-run'])),
      ...(await this.peopleSteps(rest, roles)),
    ];

    this.log(
      steps.length === 0 ? messages.getMessage('info.nothing') : messages.getMessage('info.plan', [org.getUsername() ?? org.getOrgId()]),
    );
    for (const { step } of steps) this.log(`  - ${step}`);
    const result = { orgId: org.getOrgId(), dryRun: flags['dry-run'] };
    const agreed =
      steps.length > 0 &&
      !flags['dry-run'] &&
      (flags['no-prompt'] || this.jsonEnabled() || (await this.confirm({ message: messages.getMessage('prompt.go') })));
    if (!agreed) return { ...result, steps: steps.map(({ step }) => ({ step, done: false })) };
    for (const { step, run } of steps) {
      await run();
      this.log(`done: ${step}`);
    }
    this.log(messages.getMessage('info.next'));
    return { ...result, steps: steps.map(({ step }) => ({ step, done: true })) };
  }

  private async credentialSteps(rest: Rest, url: URL | undefined, secretEnv: string, dryRun: boolean): Promise<Step[]> {
    const steps: Step[] = [];
    const named = await readNamedCredential(rest);
    const address = url?.href.replace(/\/$/, '');
    if (!named.found && !address)
      throw new SfError(messages.getMessage('error.no-url'), 'NoFunctionsUrl', [messages.getMessage('error.no-url.action')]);
    if (address && (!named.found || named.value.calloutUrl !== address)) {
      const verb = named.found
        ? `point the named credential from ${named.value.calloutUrl ?? 'nowhere'} to`
        : 'create the named credential for';
      steps.push({ step: `${verb} ${address}`, run: () => writeNamedCredential(rest, address, named.found) });
    }
    const held = await readSecret(rest);
    if (!held.found)
      throw new SfError(messages.getMessage('error.no-package', [held.why]), 'NoPackage', [messages.getMessage('error.no-package.action')]);
    const filled = held.value.authenticationStatus === 'Configured';
    const given = process.env[secretEnv];
    if (given || !filled) {
      steps.push({
        step: filled ? 'replace the secret of the credential' : 'fill the secret of the credential',
        run: async () => writeSecret(rest, given ?? (await this.askSecret()), filled),
      });
    }
    if (!given && !filled && !dryRun && this.jsonEnabled())
      throw new SfError(messages.getMessage('error.no-secret', [secretEnv]), 'NoSecret');
    return steps;
  }

  private async askSecret(): Promise<string> {
    return this.secretPrompt({ message: messages.getMessage('prompt.secret') });
  }

  private async peopleSteps(rest: Rest, wanted: { role: Role; username: string }[]): Promise<Step[]> {
    const missing: Assignment[] = await missingAssignments(rest, wanted).catch((error: Error) => {
      throw new SfError(error.message, 'NoSuchPerson');
    });
    return missing.map((assignment) => ({
      step: `assign ${assignment.set} to ${assignment.username}`,
      run: () => assign(rest, assignment),
    }));
  }
}
