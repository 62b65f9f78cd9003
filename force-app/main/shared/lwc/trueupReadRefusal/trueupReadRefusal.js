import NO_REASON from '@salesforce/label/c.Trueup_No_Reason_Given';

/** Why the functions did not do it, as `problems` and `error` of an error panel; null when they did. */
export function readRefusal({ outcome, problems }) {
  if (outcome === 'done') {
    return null;
  }
  return problems?.length ? { problems } : { error: NO_REASON };
}

/** Asks the functions for something: their answer, and why they did not do it (null when they did). Never throws. */
export async function askFor(call) {
  try {
    const answer = await call();
    return { answer, refusal: readRefusal(answer) };
  } catch (error) {
    return { refusal: { error } };
  }
}
