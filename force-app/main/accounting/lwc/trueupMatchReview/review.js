import { FIELD_LABEL, LABEL, MARK_LABEL, SYSTEM_LABEL } from './labels';
import { formatLabel } from 'c/trueupFormatLabel';
import { isOfProduct } from 'c/trueupMatchContent';

const FIELDS = ['name', 'email', 'phone', 'address'];
const ITEM_FIELDS = ['name', 'sku', 'description', 'price', 'incomeAccount'];
/** A Stripe product has neither of the other two. */
const PRODUCT_FIELDS = ['name', 'sku', 'description'];
/** What a product, or an account, has not: shown of the candidates, and compared with nothing. */
const ONLY_THERE = new Set(['description', 'price', 'incomeAccount', 'id']);
const MARK_CLASS = {
  same: 'slds-theme_success',
  alike: 'slds-theme_warning',
  different: 'slds-theme_error',
  unknown: 'slds-badge_lightest',
};

const addressText = (address) =>
  address
    ? [address.line1, address.city, [address.state, address.postalCode].filter(Boolean).join(' '), address.country]
        .filter(Boolean)
        .join(', ')
    : '';
const textOf = (party, field) => (field === 'address' ? addressText(party.address) : (party[field] ?? ''));
/** A product's code is what an item's SKU is compared with. */
const ourText = ({ code, ...ours }, field) => textOf({ sku: code, ...ours }, field);
/** Names are unique in QuickBooks; in Stripe two may have the same, and nothing but the id tells them apart. */
const fieldsOf = (content, system) =>
  system === 'Stripe' ? [...(isOfProduct(content) ? PRODUCT_FIELDS : FIELDS), 'id'] : isOfProduct(content) ? ITEM_FIELDS : FIELDS;

const sells = ({ alsoSells = [] }) => (alsoSells.length > 0 ? [formatLabel(LABEL.sells, alsoSells.join(', '))] : []);

/** Columns: the customers, items or products it could be, with what was said of each. */
export function columnsOf({ candidates, notSame }, system) {
  return candidates.map((candidate) => ({
    ...candidate,
    heading: formatLabel(LABEL.candidate, candidate.name || candidate.id, SYSTEM_LABEL[system] ?? system),
    score: formatLabel(LABEL.score, candidate.score),
    isInactive: candidate.active === false,
    isOther: notSame.includes(candidate.id),
    arguments: [...new Set([...sells(candidate), ...candidate.doubts, ...candidate.reasons])],
  }));
}

/** Rows of the comparison: each field with its value on both sides and how they stand to each other. */
export function rowsOf(content, system) {
  const { ours, candidates } = content;
  return fieldsOf(content, system).map((field) => ({
    field,
    label: FIELD_LABEL[field],
    ours: ONLY_THERE.has(field) ? '' : ourText(ours, field) || LABEL.nothingGiven,
    cells: candidates.map((candidate) => {
      const mark = candidate.fields?.[field] ?? 'unknown';
      return {
        key: `${candidate.id}.${field}`,
        value: textOf(candidate, field) || LABEL.nothingGiven,
        mark: ONLY_THERE.has(field) ? '' : MARK_LABEL[mark],
        badgeClass: MARK_CLASS[mark],
        cellClass: mark === 'different' ? 'cell differs' : 'cell',
      };
    }),
  }));
}
