import { formatLabel } from 'c/trueupFormatLabel';
import { LABEL, WHY_OF } from './labels';

/** Columns, by the name a choice is sent with. */
const SYSTEMS = [
  { choice: 'Salesforce', field: 'Salesforce_Value__c', label: LABEL.salesforce },
  { choice: 'Stripe', field: 'Stripe_Value__c', label: LABEL.stripe },
  { choice: 'QuickBooks', field: 'QuickBooks_Value__c', label: LABEL.quickbooks },
];

/** What the table shows of a conflict; `chosen`: the choice made for it so far. */
export function rowOf(conflict, chosen, isBusy) {
  const account = conflict.Account__r?.Name ?? '';
  const group = formatLabel(LABEL.choose, conflict.Field__c, account);
  return {
    id: conflict.Id,
    account,
    field: conflict.Field__c,
    why: WHY_OF[conflict.Reason__c] ?? conflict.Reason__c,
    cells: SYSTEMS.map(({ choice, field, label }) => {
      const value = conflict[field];
      return {
        key: choice,
        choice,
        value,
        isChosen: chosen === choice,
        isDisabled: isBusy,
        label: formatLabel(LABEL.option, `${group} – ${label}`, value ?? ''),
      };
    }),
  };
}

/** What is sent for each choice made. */
export function decisionsOf(conflicts, chosen) {
  return conflicts
    .filter(({ Id }) => chosen[Id])
    .map((conflict) => {
      const choose = chosen[conflict.Id];
      const { field } = SYSTEMS.find(({ choice }) => choice === choose);
      const subject = `${conflict.Account__r?.Name ?? ''}, ${conflict.Field__c}`;
      return { conflictId: conflict.Id, choose, value: conflict[field], subject };
    });
}
