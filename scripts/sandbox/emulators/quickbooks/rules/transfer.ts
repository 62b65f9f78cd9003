import { refId } from '../entities.ts';
import { faults } from '../errors.ts';
import { fromMinor, toHome, toMinor } from '../money.ts';
import { accountIn, amountOf, currencyOf, homeCurrency, named, transactionDate } from './context.ts';
import type { EntityRules } from './context.ts';
import { entryOf } from './entry.ts';
import { isVoided, voidedNote } from './voiding.ts';

const BALANCE_SHEET = ['Asset', 'Liability', 'Equity'];

/** Moves money between two accounts of the balance sheet. */
export const transfer: EntityRules = {
  deletable: true,
  draft(context, input, current) {
    if (current && isVoided(current)) throw faults.voided();
    const from = accountIn(context, input['FromAccountRef'], 'FromAccountRef');
    const to = accountIn(context, input['ToAccountRef'], 'ToAccountRef');
    if (from.Id === to.Id) throw faults.business('You cannot transfer funds from and to the same account.');
    for (const each of [from, to])
      if (!BALANCE_SHEET.includes(String(each['Classification'])))
        throw faults.business('Select a balance sheet account for this transaction.');
    const amount = amountOf(input['Amount'], 'Amount');
    if (amount < 0) throw faults.business('The transaction total amount must be 0 or greater.');
    const [one, two] = [refId(from['CurrencyRef'])!, refId(to['CurrencyRef'])!];
    const home = homeCurrency(context);
    if (one !== two && one !== home && two !== home) throw faults.business('You can only use one foreign currency per transaction.');
    const foreign = one === home ? two : one;
    const currency = currencyOf(context, { ...input, CurrencyRef: input['CurrencyRef'] ?? { value: foreign } }, foreign, current);
    return {
      body: {
        FromAccountRef: named(from),
        ToAccountRef: named(to),
        Amount: fromMinor(amount),
        TxnDate: transactionDate(context, input, current),
        ...currency.members,
        ...(input['PrivateNote'] ? { PrivateNote: input['PrivateNote'] } : {}),
      },
    };
  },
  settle(context, entity) {
    const amount = toMinor(entity['Amount']);
    const home = toHome(amount, entity['ExchangeRate'] ?? 1);
    const postings = [
      { account: refId(entity['ToAccountRef'])!, amount, home },
      { account: refId(entity['FromAccountRef'])!, amount: -amount, home: -home },
    ];
    context.ledger.post(entryOf('Transfer', entity, postings));
  },
  voided: (entity) => ({ ...entity, Amount: 0, PrivateNote: voidedNote(entity['PrivateNote']) }),
};
