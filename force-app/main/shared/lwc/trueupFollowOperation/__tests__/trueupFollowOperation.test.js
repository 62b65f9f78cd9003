import followOperation from '@salesforce/apex/TrueupIssueInvoiceController.followOperation';
import { Follower, runOperation } from 'c/trueupFollowOperation';

jest.mock('@salesforce/apex/TrueupIssueInvoiceController.followOperation', () => ({ default: jest.fn() }), { virtual: true });

const ACCEPTED = { outcome: 'accepted', operationKey: 'op-1', invoiceId: 'a01', steps: [] };
const done = (name) => ({ name, state: 'done' });
let follower;

function run(first) {
  const states = [];
  follower = new Follower(() => true);
  const end = runOperation(first instanceof Error ? () => Promise.reject(first) : () => Promise.resolve(first), follower, (answer) =>
    states.push(answer.state),
  );
  return { end, states };
}

describe('c-trueup-follow-operation', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    follower.stop();
    jest.resetAllMocks();
    jest.useRealTimers();
  });

  it('is done at once when the start says so', async () => {
    const { end } = run({ outcome: 'done', invoiceId: 'a01' });
    await expect(end).resolves.toMatchObject({ state: 'done', invoiceId: 'a01', steps: [], problems: [] });
  });

  it('follows an accepted operation to its end, asking only for what is new', async () => {
    followOperation
      .mockResolvedValueOnce({ state: 'running', steps: [done('checked'), { name: 'customer', state: 'running' }] })
      .mockResolvedValueOnce({ state: 'done', steps: [done('checked'), done('customer')], invoiceId: 'a01', invoiceNumber: 'INV-1' });
    const { end, states } = run(ACCEPTED);
    await jest.advanceTimersByTimeAsync(5000);
    await expect(end).resolves.toMatchObject({ state: 'done', invoiceNumber: 'INV-1' });
    expect(followOperation.mock.calls.map(([asked]) => asked.seen)).toEqual([0, 1]);
    expect(states).toEqual(['accepted', 'running', 'done']);
  });

  it('waits between questions that bring nothing new, and less when an event wakes it', async () => {
    followOperation.mockResolvedValue({ state: 'waiting', steps: [] });
    run(ACCEPTED);
    await jest.advanceTimersByTimeAsync(1900);
    expect(followOperation).toHaveBeenCalledTimes(1);
    follower.wake();
    await jest.advanceTimersByTimeAsync(0);
    expect(followOperation).toHaveBeenCalledTimes(2);
  });

  it('brings a rejection back with its problems', async () => {
    const { end } = run({ outcome: 'rejected', problems: [{ code: 'line-already-billed' }], invoiceId: 'a01' });
    await expect(end).resolves.toMatchObject({ state: 'rejected', invoiceId: 'a01', problems: [{ code: 'line-already-billed' }] });
  });

  it.each(['unavailable', 'rate-limited', 'conflict', 'unauthorized', 'unknown-outcome'])(
    'calls %s at the start refused',
    async (outcome) => {
      await expect(run({ outcome }).end).resolves.toMatchObject({ state: 'refused' });
    },
  );

  it('calls a start that fails refused, with the error', async () => {
    const { end } = run(new Error('No access.'));
    await expect(end).resolves.toMatchObject({ state: 'refused', error: new Error('No access.') });
  });

  it('bears a failure to look, and goes on', async () => {
    followOperation.mockRejectedValueOnce(new Error('Timeout')).mockResolvedValueOnce({ state: 'done', steps: [] });
    const { end } = run(ACCEPTED);
    await jest.advanceTimersByTimeAsync(5000);
    await expect(end).resolves.toMatchObject({ state: 'done' });
  });

  it('says that it lost sight when looking fails for long', async () => {
    followOperation.mockRejectedValue(new Error('Timeout'));
    const { end } = run(ACCEPTED);
    await jest.advanceTimersByTimeAsync(60000);
    await expect(end).resolves.toMatchObject({ state: 'lost', invoiceId: 'a01' });
  });

  it('ends without an answer once it is stopped', async () => {
    followOperation.mockResolvedValue({ state: 'running', steps: [] });
    const { end } = run(ACCEPTED);
    await jest.advanceTimersByTimeAsync(100);
    follower.stop();
    await jest.advanceTimersByTimeAsync(100);
    await expect(end).resolves.toBeNull();
  });
});
