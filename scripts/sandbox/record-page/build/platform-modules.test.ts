import { expect, test } from 'vitest';
import { platformModule } from './platform-modules.ts';

const labels = new Map([['Hello', 'Hello & "welcome"']]);

test.each<[string, string]>([
  [
    '@salesforce/apex/TrueupSyncController.runSync',
    `import { apexMethod } from 'sandbox/apex'; export default apexMethod("TrueupSyncController", "runSync");`,
  ],
  ['@salesforce/apex', `export { refreshApex, getSObjectValue } from 'sandbox/apex';`],
  ['@salesforce/schema/Account', 'export default {"objectApiName":"Account"};'],
  [
    '@salesforce/schema/Trueup_Invoice__c.Account__r.Name',
    'export default {"objectApiName":"Trueup_Invoice__c","fieldApiName":"Account__r.Name"};',
  ],
  ['@salesforce/label/c.Hello', 'export default "Hello & \\"welcome\\"";'],
  ['@salesforce/user/Id', `import { boot } from 'sandbox/boot'; export default boot.user["Id"];`],
  [
    '@salesforce/customPermission/Trueup_Run_Sync',
    `import { boot } from 'sandbox/boot'; export default boot.customPermission.includes("Trueup_Run_Sync") ? true : undefined;`,
  ],
  ['@salesforce/i18n/timeZone', `import { boot } from 'sandbox/boot'; export default boot.i18n["timeZone"];`],
  ['@salesforce/resourceUrl/logo', 'export default "/resource/logo";'],
  ['@salesforce/gate/anything', 'export default { isOpen: () => true };'],
])('%s', (id, source) => {
  expect(platformModule(id, { labels })).toBe(source);
});

test('leaves to the base components what is theirs', () => {
  expect(platformModule('@salesforce/label/LightningForm.edit', { labels })).toBeUndefined();
  expect(platformModule('@salesforce/i18n/number.numberFormat', { labels })).toBeUndefined();
  expect(platformModule('@salesforce/client/formFactor', { labels })).toBeUndefined();
});
