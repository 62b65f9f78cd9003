// Which app is open and who is logged in.
import { boot, objectOf } from 'sandbox/boot';
import { registry } from '@sandbox/registry';

const KEY = 'sandbox.app';
/** Tabs that need a real org behind them. */
const NOT_HERE = new Set(['standard-Dashboard', 'standard-report']);

/** A tab that is no object's is shown to those whose permission sets say so. */
const isTabVisible = (name) => !boot.tabs || boot.tabs.some((tab) => tab.name === name && tab.visible);

function usableTabs(app) {
  return app.tabs.filter((name) => {
    const object = objectNameOf(name);
    return name === 'standard-home' || NOT_HERE.has(name) || (object ? objectOf(object) : isTabVisible(name));
  });
}

/** The tab of this name if it shows a component and the user may open it: `{ label, component }`. */
export function componentTab(name) {
  const tab = registry.tabs[name];
  return tab?.component && isTabVisible(name) ? tab : undefined;
}

/** What a user sees who has none of the package's apps: Salesforce's own, with pages of nobody. */
const SALES = {
  name: 'standard__Sales',
  label: 'Sales',
  description: 'Salesforce’s own sales app.',
  tabs: ['standard-home', 'standard-Account', 'standard-Contact', 'standard-Opportunity', 'standard-Order'],
  pages: {},
};

/** Apps this user may open. The org says which of the package's they are. */
export function openableApps() {
  const allowed = registry.apps.filter(({ name }) => !boot.apps || boot.apps.some((app) => app.name === name));
  return [...allowed, SALES];
}

/** The app chosen last, else the package's app with the most tabs this user can open. */
export function currentApp() {
  const apps = openableApps();
  const chosen = apps.find(({ name }) => name === window.localStorage.getItem(KEY));
  const own = apps.length > 1 ? apps.filter((app) => app !== SALES) : apps;
  const [widest] = own.sort((a, b) => usableTabs(b).length - usableTabs(a).length);
  return chosen || widest;
}

export function openApp(name) {
  window.localStorage.setItem(KEY, name);
  window.location.assign('/lightning/page/home');
}

function objectNameOf(tab) {
  return (
    registry.tabs[tab]?.objectApiName ||
    (tab.startsWith('standard-') && tab !== 'standard-home' ? tab.slice('standard-'.length) : undefined)
  );
}

const tab = (name, label, url, matches) => ({ name, label, url, matches });
const isObject =
  (object) =>
  ({ attributes }) =>
    attributes.objectApiName === object;

/** Tabs of the app this user may open: `{ name, label, url, matches(reference) }`. */
export function tabsOf(app) {
  return usableTabs(app).map((name) => {
    const object = objectNameOf(name);
    if (name === 'standard-home')
      return tab(
        name,
        'Home',
        '/lightning/page/home',
        ({ type, attributes }) => type === 'standard__namedPage' && attributes.pageName === 'home',
      );
    if (name === 'standard-Dashboard') return tab(name, 'Dashboards', '/lightning/o/Dashboard/home', isObject('Dashboard'));
    if (name === 'standard-report') return tab(name, 'Reports', '/lightning/o/Report/home', isObject('Report'));
    if (object) return tab(name, objectOf(object).labelPlural, `/lightning/o/${object}/list`, isObject(object));
    return tab(name, registry.tabs[name]?.label || name, `/lightning/n/${name}`, ({ attributes }) => attributes.apiName === name);
  });
}

/** Logs another user in and shows the same address as that user. */
export async function logIn(key) {
  await fetch('/sandbox/login', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ user: key }) });
  window.location.reload();
}

export const users = boot.users;
export const user = boot.user;
