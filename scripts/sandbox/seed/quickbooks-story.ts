import { accounts, products } from './story.ts';

/** The items and customers the accountant keeps, as the QuickBooks stand-in takes them. */
export const items = [
  // Every QuickBooks company starts with it.
  { name: 'Services', incomeAccount: 'Services' },
  ...products
    .filter((product) => product.quickBooks !== 'missing')
    .map((product) => ({
      name: product.name,
      sku: product.code,
      active: product.quickBooks === 'active',
      unitPrice: Number(product.prices.USD),
    })),
  // What the retired controller is sold as by now, some would say.
  { name: 'Controller, second generation', sku: 'RB-CTL', unitPrice: 860 },
];

/** What the accountant tells sales apart by: each invoice may have a class and a location. */
export const classes = [{ name: 'Energy' }, { name: 'Healthcare' }, { name: 'Transportation' }, { name: 'Construction', active: false }];
export const locations = [{ name: 'West' }, { name: 'East' }, { name: 'Europe' }];
/** Of sales forms. */
export const customFields = ['Project'];

export const customers = accounts
  .filter((account) => account.knownTo.includes('quickbooks'))
  .map((account) => {
    const { phone, street, ...kept } = { ...account, email: account.contacts[0]?.email, ...account.inQuickBooks };
    return {
      displayName: kept.name,
      companyName: kept.name,
      ...(kept.email ? { email: kept.email } : {}),
      phone,
      billAddr: {
        Line1: street,
        City: kept.city,
        ...(kept.state ? { CountrySubDivisionCode: kept.state } : {}),
        PostalCode: kept.postalCode,
        Country: kept.country,
      },
      currency: kept.currency,
    };
  });
