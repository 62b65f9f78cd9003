// Lightning message service within one page.
const subscribers = new Map();

export const APPLICATION_SCOPE = Symbol('APPLICATION_SCOPE');
export class MessageContext {
  constructor(emit) {
    emit(Object.freeze({}));
  }

  connect() {}

  update() {}

  disconnect() {}
}
export const createMessageContext = () => ({});
export const releaseMessageContext = () => {};

export function subscribe(_context, { messageChannel }, listener) {
  const subscription = { messageChannel, listener };
  subscribers.set(messageChannel, new Set([...(subscribers.get(messageChannel) || []), subscription]));
  return subscription;
}

export function unsubscribe(subscription) {
  subscribers.get(subscription?.messageChannel)?.delete(subscription);
}

export function publish(_context, { messageChannel }, message) {
  [...(subscribers.get(messageChannel) || [])].forEach(({ listener }) => listener(message));
}
