import { done, rejected, type Outcome } from '../domain/outcome.ts';
import type { Caller, Deps } from './deps.ts';

/**
 * An administrator has a stored event looked at once more: its object is fetched anew and every booking follows its state.
 * Safe at any time, since nothing is taken from the event itself.
 */
export async function replayEvent(
  deps: Pick<Deps, 'inbox'>,
  request: { provider: 'stripe' | 'quickbooks'; eventId: string },
  caller: Caller,
): Promise<Outcome<null>> {
  if (!caller.permissions.includes('Trueup_Administer'))
    return rejected({
      code: 'no-right-to-replay',
      severity: 'error',
      message: 'You do not have the right to have events read again.',
      action: 'Ask an administrator.',
    });
  if (await deps.inbox.replay(request)) return done(null);
  return rejected({
    code: 'event-unknown',
    severity: 'error',
    message: 'This event is not stored here.',
    action: 'Run a sync: it reads both books without any event.',
  });
}
