const TYPING_PAUSE_MS = 400;

/**
 * Asks for previews so that the latest one asked for wins: an answer to an older question is dropped.
 * `ask(draft)` makes the call; `onAnswer(answer)`, `onError(error)` and `onPending(isPending)` hear what became of it.
 */
export class Previewer {
  latest = 0;
  timer = null;

  constructor(ask, { onAnswer, onError, onPending }) {
    this.ask = ask;
    this.onAnswer = onAnswer;
    this.onError = onError;
    this.onPending = onPending;
  }

  /** Asks once the typing has paused. */
  soon(draft) {
    const turn = this.begin();
    // eslint-disable-next-line @lwc/lwc/no-async-operation -- a call per key press would be too many
    this.timer = setTimeout(() => this.send(turn, draft), TYPING_PAUSE_MS);
  }

  /** Asks at once; without a draft for the one the functions propose. */
  now(draft) {
    return this.send(this.begin(), draft);
  }

  /** Drops whatever is on its way. */
  stop() {
    this.latest += 1;
    clearTimeout(this.timer);
  }

  begin() {
    this.stop();
    this.onPending(true);
    return this.latest;
  }

  async send(turn, draft) {
    try {
      const answer = await this.ask(draft);
      this.settle(turn, () => this.onAnswer(answer));
    } catch (error) {
      this.settle(turn, () => this.onError(error));
    }
  }

  settle(turn, tell) {
    if (turn === this.latest) {
      this.onPending(false);
      tell();
    }
  }
}
