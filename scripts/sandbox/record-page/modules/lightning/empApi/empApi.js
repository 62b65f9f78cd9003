// Platform events, over one server-sent event stream per page. The org sends { channel, event: { replayId }, payload }.
const subscriptions = new Map();
const errorListeners = new Set();
let source;
let lastId = 0;

function open() {
  if (source) return;
  source = new EventSource('/sandbox/events');
  source.addEventListener('message', ({ data }) => {
    const { channel, event, payload } = JSON.parse(data);
    const message = { channel, data: { schema: null, payload, event } };
    [...subscriptions.values()].filter((one) => one.channel === channel).forEach(({ onMessage }) => onMessage(message));
  });
  source.addEventListener('error', () =>
    errorListeners.forEach((listener) => listener({ error: 'The connection to the event stream was lost.', ext: {} })),
  );
}

export async function subscribe(channel, replayId, onMessage) {
  open();
  lastId += 1;
  const subscription = { id: lastId, channel, replayId };
  subscriptions.set(lastId, { channel, onMessage });
  return subscription;
}

export async function unsubscribe(subscription, callback = () => {}) {
  subscriptions.delete(subscription.id);
  if (subscriptions.size === 0) {
    source?.close();
    source = undefined;
  }
  const answer = { id: String(subscription.id), successful: true, channel: '/meta/unsubscribe', subscription: subscription.channel };
  callback(answer);
  return answer;
}

export const onError = (listener) => errorListeners.add(listener);
export const setDebugFlag = () => {};
export const isEmpEnabled = async () => true;
