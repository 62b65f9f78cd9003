import type { Stage } from './stage.ts';

/** Another user changes the city of a customer in QuickBooks itself. */
export async function moveInBooks(stage: Stage, name: string, city: string): Promise<void> {
  const { baseUrl } = stage.sandbox.info.quickbooks;
  const customer = stage.sandbox.quickbooks.engine.books
    .rows('Customer')
    .all()
    .map((row) => row.body as { Id: string; DisplayName?: string; BillAddr?: object })
    .find((each) => each.DisplayName === name);
  if (!customer) throw new Error(`QuickBooks has no ${name}`);
  const values = { BillAddr: { ...customer.BillAddr, City: city } };
  const answer = await fetch(`${baseUrl}/__ctl/edit`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ entity: 'Customer', id: customer.Id, operation: 'save', values, user: 'Sam Accountant' }),
  });
  if (!answer.ok) throw new Error(await answer.text());
}
