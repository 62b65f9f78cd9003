import previewMapping from '@salesforce/apex/TrueupMappings.previewMapping';
import { readRefusal } from 'c/trueupReadRefusal';

const PAUSE_MS = 300;

/** Asks what a draft would do once a person pauses; an answer that a later change overtook is dropped. */
export class Checker {
  asked = 0;

  /** `onAnswer({ answer, problems })`, or `{ error }` or `{ problems }` alone where nothing was checked, follows each question, unless another one came after it. */
  constructor(onAnswer) {
    this.onAnswer = onAnswer;
  }

  ask(mappings, invoiceId, pause = PAUSE_MS) {
    this.stop();
    const number = this.asked;
    // eslint-disable-next-line @lwc/lwc/no-async-operation -- one question per pause, not one per key
    this.waiting = setTimeout(async () => {
      const result = await answerTo(mappings, invoiceId);
      if (number === this.asked) {
        this.onAnswer(result);
      }
    }, pause);
  }

  /** Nothing that was asked so far is answered any more. */
  stop() {
    clearTimeout(this.waiting);
    this.asked += 1;
  }
}

async function answerTo(mappings, invoiceId) {
  try {
    const answer = await previewMapping({ mappingsJson: JSON.stringify(mappings), invoiceId: invoiceId ?? '' });
    return readRefusal(answer) ?? { answer, problems: answer.problems };
  } catch (error) {
    return { error };
  }
}
