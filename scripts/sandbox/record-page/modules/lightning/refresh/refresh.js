import { refreshAll } from 'sandbox/wire';

const handlers = new Map();

/** Asks the page to refresh what it shows; the record page answers as the platform's own components do. */
export class RefreshEvent extends CustomEvent {
  constructor() {
    super('lightning__refreshview', { bubbles: true, composed: true });
  }
}

export function registerRefreshHandler(context, handler) {
  const id = Symbol('refresh');
  handlers.set(id, () => handler.call(context));
  return id;
}

export const unregisterRefreshHandler = (id) => handlers.delete(id);
export const registerRefreshContainer = () => Symbol('container');
export const unregisterRefreshContainer = () => {};
export const REFRESH_COMPLETE = 'complete';
export const REFRESH_COMPLETE_WITH_ERRORS = 'complete_with_errors';
export const REFRESH_ERROR = 'error';

/** For the page: runs the registered handlers and refreshes every wire. */
export async function runRefresh() {
  await Promise.all([refreshAll(), ...[...handlers.values()].map((handler) => handler())]);
}
