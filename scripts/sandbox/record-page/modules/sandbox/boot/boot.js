// What time it is, who is logged in and what they may do, before anything renders: platform modules such as @salesforce/user read it at
// import time.
import { follow } from 'sandbox/clock';

async function load() {
  const [response, state] = await Promise.all([fetch('/sandbox/boot'), fetch('/sandbox/control/state')]);
  if (!response.ok) throw new Error(`The local org did not answer (${response.status}). Is npm start still running?`);
  follow((await state.json()).now);
  const { locale = 'en-US', currency = 'USD', timeZone = 'UTC', ...rest } = await response.json();
  return {
    objects: [],
    users: [],
    customPermission: [],
    userPermission: [],
    ...rest,
    i18n: { lang: locale.replace('_', '-'), dir: 'ltr', locale: locale.replace('_', '-'), currency, timeZone },
  };
}

export const boot = await load();

/** Label, plural label and key prefix of an object the user may see; undefined otherwise. */
export function objectOf(apiName) {
  return boot.objects.find((object) => object.apiName === apiName);
}
