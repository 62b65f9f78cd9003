import { type Action, type Row, type Simulation, books } from '../simulation.ts';

type Operation = 'save' | 'void' | 'delete';

/** Somebody works in QuickBooks itself; what its screens would refuse does not happen. */
function work(simulation: Simulation, entity: 'Invoice' | 'Payment', input: Row, operation: Operation = 'save'): boolean {
  const about = `${operation}s ${entity} ${String(input['Id'] ?? '')} ${String(input['DocNumber'] ?? input['TotalAmt'] ?? '')}`;
  try {
    const written = simulation.quickbooks.write(entity, input as never, operation);
    simulation.trace.note('accountant', `${about} -> ${written.Id}`);
    return true;
  } catch (error) {
    simulation.trace.note('accountant', `${about} -> refused: ${(error as Error).message.slice(0, 90)}`);
    return false;
  }
}

const isVoided = (document: Row): boolean => /^Voided/.test(String(document['PrivateNote'] ?? ''));
/** With our mark: an invoice, the booking of a payment, or the payment of nothing that uses up a credit. */
const isOurs = (document: Row): boolean => /Trueup (invoice|entry)/.test(String(document['PrivateNote'] ?? ''));
const reference = ({ Id, SyncToken }: Row): Row => ({ Id, SyncToken });

function pickFrom(simulation: Simulation, entity: 'Invoice' | 'Payment', fits: (document: Row) => boolean): Row | null {
  const found = books(simulation, entity).filter((document) => !isVoided(document) && fits(document));
  return found.length === 0 ? null : simulation.random.pick(found);
}

const enterCheque: Action = {
  name: 'enter-cheque',
  weight: 9,
  async act(simulation) {
    const { random } = simulation;
    const invoice = pickFrom(simulation, 'Invoice', (document) => isOurs(document) && Number(document['Balance']) > 0);
    if (!invoice) return false;
    const balance = Number(invoice['Balance']);
    const part = random.chance(0.6) ? balance : Math.max(1, Math.floor(balance * random.next()));
    return work(simulation, 'Payment', {
      CustomerRef: invoice['CustomerRef'],
      CurrencyRef: invoice['CurrencyRef'],
      TotalAmt: part,
      PaymentRefNum: String(random.between(1000, 9999)),
      Line: [{ Amount: part, LinkedTxn: [{ TxnId: invoice['Id'], TxnType: 'Invoice' }] }],
    });
  },
};

const bounceCheque: Action = {
  name: 'bounce-cheque',
  weight: 3,
  async act(simulation) {
    const cheque = pickFrom(simulation, 'Payment', (document) => !isOurs(document));
    if (!cheque) return false;
    return work(simulation, 'Payment', reference(cheque), simulation.random.pick(['void', 'delete'] as const));
  },
};

const onOurInvoice = (name: string, weight: number, change: (simulation: Simulation, invoice: Row) => boolean): Action => ({
  name,
  weight,
  async act(simulation) {
    const invoice = pickFrom(simulation, 'Invoice', isOurs);
    if (!invoice || !change(simulation, invoice)) return false;
    simulation.intentions.touched.add(String(invoice['Id']));
    return true;
  },
});

const editMemo = onOurInvoice('edit-memo', 2, (simulation, invoice) =>
  work(simulation, 'Invoice', { ...reference(invoice), sparse: true, CustomerMemo: { value: 'Thank you!' } }),
);
const editAmount = onOurInvoice('edit-amount', 2, (simulation, invoice) => {
  const [line] = (invoice['Line'] as Row[]).filter((each) => each['DetailType'] === 'SalesItemLineDetail');
  if (!line) return false;
  const { Qty: _qty, UnitPrice: _price, ...detail } = line['SalesItemLineDetail'] as Row;
  const amount = Math.max(1, Math.floor(Number(line['Amount']) / 2));
  return work(simulation, 'Invoice', {
    ...reference(invoice),
    sparse: true,
    Line: [{ ...line, Amount: amount, SalesItemLineDetail: detail }],
  });
});
const editNumber = onOurInvoice('edit-number', 1, (simulation, invoice) =>
  work(simulation, 'Invoice', { ...reference(invoice), sparse: true, DocNumber: `HAND-${simulation.random.between(1, 9999)}` }),
);
const editDate = onOurInvoice('edit-date', 1, (simulation, invoice) =>
  work(simulation, 'Invoice', { ...reference(invoice), sparse: true, TxnDate: '2026-11-20' }),
);
const voidDocument = onOurInvoice('void-in-quickbooks', 2, (simulation, invoice) =>
  work(simulation, 'Invoice', reference(invoice), 'void'),
);
const deleteDocument = onOurInvoice('delete-in-quickbooks', 1, (simulation, invoice) =>
  work(simulation, 'Invoice', reference(invoice), 'delete'),
);

/** The accountant's own invoice takes the next number we would give. */
const takeNumber: Action = {
  name: 'take-our-number',
  weight: 2,
  async act(simulation) {
    const ours = books(simulation, 'Invoice').filter(isOurs);
    const sample = ours.at(-1);
    if (!sample) return false;
    const next = simulation.database.numbers.given.size + 1;
    const own = structuredClone(sample['Line']) as Row[];
    return work(simulation, 'Invoice', {
      DocNumber: `RR-${String(next).padStart(6, '0')}`,
      CustomerRef: sample['CustomerRef'],
      CurrencyRef: sample['CurrencyRef'],
      Line: own.filter((line) => line['DetailType'] === 'SalesItemLineDetail').map(({ Id: _id, ...line }) => line),
    });
  },
};

const removeBooking: Action = {
  name: 'remove-our-booking',
  weight: 1,
  async act(simulation) {
    const booking = pickFrom(simulation, 'Payment', isOurs);
    if (!booking) return false;
    return work(simulation, 'Payment', reference(booking), simulation.random.pick(['void', 'delete'] as const));
  },
};

export const ACCOUNTANTS: readonly Action[] = [
  enterCheque,
  bounceCheque,
  editMemo,
  editAmount,
  editNumber,
  editDate,
  voidDocument,
  deleteDocument,
  takeNumber,
  removeBooking,
];
