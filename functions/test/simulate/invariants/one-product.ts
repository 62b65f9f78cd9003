import { type Row, type Simulation, rows } from '../simulation.ts';

/** What a product of Salesforce is in Stripe: one product there, of which every invoice's lines are. */
export function oneProduct(simulation: Simulation): string[] {
  const { archived, decidedProducts } = simulation.intentions;
  const made = (simulation.stripe.db.products.all() as Row[]).flatMap(({ id, metadata }): [string, string][] => {
    const productId = (metadata as Row)['salesforce_product_id'];
    // In the place of one that was archived nobody but a person has another made.
    const isReplaced = archived.has(String(id)) && decidedProducts.has(String(productId));
    return productId === undefined || isReplaced ? [] : [[String(productId), String(id)]];
  });
  const byProduct = Map.groupBy(made, ([productId]) => productId);
  return [
    ...[...byProduct].flatMap(([productId, all]) =>
      all.length > 1 ? [`product ${productId} is in Stripe ${all.length} times: ${all.map(([, id]) => id).join(', ')}`] : [],
    ),
    ...strayLines(simulation),
  ];
}

/** Lines that Stripe bills as another product than the linked one, or the one that was until it was archived or a person said otherwise; below zero it takes none. */
function strayLines(simulation: Simulation): string[] {
  const links = rows(
    simulation,
    `SELECT Product__c, External_Id__c, Status__c FROM Trueup_Link__c WHERE System__c = 'Stripe' AND Record_Type__c = 'Product2'`,
  );
  const { archived, decidedProducts } = simulation.intentions;
  const linked = (productId: string) =>
    links
      .filter((link) => link['Product__c'] === productId)
      .filter((link) => link['Status__c'] === 'Linked' || archived.has(String(link['External_Id__c'])) || decidedProducts.has(productId))
      .map((link) => link['External_Id__c']);
  const sold = new Map(
    rows(simulation, 'SELECT Line_Key__c, Product__c FROM Trueup_Invoice_Line__c WHERE Product__c != null').map((row) => [
      row['Line_Key__c'],
      row['Product__c'],
    ]),
  );
  return (simulation.stripe.db.items.all() as Row[]).flatMap(({ id, amount, product, metadata }) => {
    const productId = sold.get((metadata as Row)['trueup_line_key']);
    return productId && Number(amount) > 0 && !linked(String(productId)).includes(product)
      ? [
          `Stripe's line ${String(id)} sells ${String(product)}, and product ${String(productId)} is linked to ${linked(String(productId)).join(', ')}`,
        ]
      : [];
  });
}
