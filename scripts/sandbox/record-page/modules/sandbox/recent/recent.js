// Recently viewed records of each user, kept in this browser as the platform keeps them in the org.
import { boot } from 'sandbox/boot';

const KEY = `sandbox.recent.${boot.user.Id}`;
const LIMIT = 20;

export function recentRecords() {
  try {
    return JSON.parse(window.localStorage.getItem(KEY)) || [];
  } catch {
    return [];
  }
}

export function remember({ id, name, objectApiName }) {
  const others = recentRecords().filter((record) => record.id !== id);
  window.localStorage.setItem(KEY, JSON.stringify([{ id, name, objectApiName }, ...others].slice(0, LIMIT)));
}
