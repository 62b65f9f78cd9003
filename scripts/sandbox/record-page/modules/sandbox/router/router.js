// Page references and the addresses Lightning Experience gives them.
const listeners = new Set();

/** Address of a page reference; throws for a type the sandbox does not know. */
export function toUrl({ type, attributes = {}, state = {} }) {
  const search = new URLSearchParams(Object.entries(state).filter(([, value]) => value !== undefined && value !== null)).toString();
  return addressOf(type, attributes) + (search && type !== 'standard__webPage' ? `?${search}` : '');
}

function addressOf(type, attributes) {
  switch (type) {
    case 'standard__recordPage':
      return `/lightning/r/${attributes.objectApiName || 'sObject'}/${attributes.recordId}/${attributes.actionName || 'view'}`;
    case 'standard__recordRelationshipPage':
      return `/lightning/r/${attributes.objectApiName}/${attributes.recordId}/related/${attributes.relationshipApiName}/view`;
    case 'standard__objectPage':
      return `/lightning/o/${attributes.objectApiName}/${attributes.actionName || 'home'}`;
    case 'standard__navItemPage':
      return `/lightning/n/${attributes.apiName}`;
    case 'standard__app':
      return `/lightning/app/${attributes.appTarget}`;
    case 'standard__namedPage':
      return `/lightning/page/${attributes.pageName}`;
    case 'standard__webPage':
      return attributes.url;
    default:
      throw new Error(`The sandbox cannot navigate to a page of type ${type}.`);
  }
}

/** Page reference of the address the browser shows. */
export function current(location = window.location) {
  const [, kind, first, second, third, fourth] = location.pathname.split('/').filter(Boolean);
  const state = Object.fromEntries(new URLSearchParams(location.search));
  if (kind === 'r' && third === 'related')
    return {
      type: 'standard__recordRelationshipPage',
      attributes: { objectApiName: first, recordId: second, relationshipApiName: fourth, actionName: 'view' },
      state,
    };
  if (kind === 'r' && second)
    return { type: 'standard__recordPage', attributes: { objectApiName: first, recordId: second, actionName: third || 'view' }, state };
  if (kind === 'o') return { type: 'standard__objectPage', attributes: { objectApiName: first, actionName: second || 'home' }, state };
  if (kind === 'n') return { type: 'standard__navItemPage', attributes: { apiName: first }, state };
  if (kind === 'app') return { type: 'standard__app', attributes: { appTarget: first }, state };
  if (kind === undefined || kind === 'page') return { type: 'standard__namedPage', attributes: { pageName: first || 'home' }, state };
  return { type: 'unknown', attributes: {}, state };
}

export function navigate(pageReference, replace = false) {
  const url = toUrl(pageReference);
  if (pageReference.type === 'standard__webPage' && !url.startsWith('/lightning/')) window.open(url, '_blank', 'noopener');
  else go(url, replace);
}

/** Shows another address of the app without loading the page again. */
export function go(url, replace = false) {
  window.history[replace ? 'replaceState' : 'pushState']({}, '', url);
  announce();
  if (!replace) window.scrollTo(0, 0);
}

/** Calls back with the current page reference, now and on every navigation; returns the way to stop. */
export function listen(listener) {
  listeners.add(listener);
  listener(Object.freeze(current()));
  return () => listeners.delete(listener);
}

function announce() {
  const reference = Object.freeze(current());
  [...listeners].forEach((listener) => listener(reference));
}

window.addEventListener('popstate', announce);

// Links of the app, wherever a component renders them, navigate without a reload.
document.addEventListener('click', (event) => {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const anchor = event.composedPath().find((node) => node.tagName === 'A' && node.href);
  if (!anchor || (anchor.target && anchor.target !== '_self')) return;
  const url = new URL(anchor.href);
  if (url.origin !== window.location.origin || !url.pathname.startsWith('/lightning/') || url.hash) return;
  event.preventDefault();
  go(url.pathname + url.search);
});
