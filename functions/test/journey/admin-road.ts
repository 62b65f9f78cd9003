import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { moveInBooks } from './edit-customer.ts';
import { openPanel } from './issue-panel.ts';
import { loaded, loadIs, writeHistory } from './load-history.ts';
import { customFieldsAtStripe, newMapping } from './map-fields.ts';
import { focused, noToasts, payByCard, payLinkOf, plain, showsStatus } from './pages.ts';
import type { Stage } from './stage.ts';

/** What an admin does beside the main road, in the same story: matches, conflicts, mappings, the first load. */
export function walkAdminRoad(stage: () => Stage): void {
  describe('a match review', () => {
    let review: Page;
    const card = () => review.locator('c-trueup-match-review');
    const status = () => card().locator('[data-id="status"]');

    it('waits for the admin once somebody looked at the deal', async () => {
      const look = await stage().tab(`/lightning/r/Opportunity/${stage().story.deals.MEADOW_PILOT}/view`, 'admin');
      const panel = await openPanel(look);
      await panel.dialog.getByRole('button', { name: /It is not certain who this customer is in QuickBooks/ }).waitFor();
      await look.close();
      review = await stage().tab('/lightning/o/Trueup_Match_Review__c/list', 'admin');
      await review.getByRole('grid').getByRole('link', { name: /^MR-/ }).click();
      await card().getByRole('table').waitFor();
      expect(await status().innerText()).toBe('Open');
      expect(plain(await card().locator('[data-row="name"]').innerText())).toContain('Meadowlark Clinics Meadowlark Clinics Same');
      expect(plain(await card().locator('[data-row="phone"]').innerText())).toContain('+1 303 555 0164 Different');
      await stage().picture(review, 'match-review');
    });

    it('is decided by keyboard, after it was shown what will happen', async () => {
      await card().getByRole('button', { name: 'Link', exact: true }).focus();
      await review.keyboard.press('Enter');
      const asking = card().locator('[data-id="asking"]');
      await asking.getByText(/The next invoices of Meadowlark Clinics go to Meadowlark Clinics/).waitFor();
      expect(await focused(review)).toMatch(/^Link the account Meadowlark Clinics to/);
      await stage().picture(review, 'match-review-what-will-happen');
      await review.keyboard.press('Tab');
      await review.keyboard.press('Enter');
      await expect.poll(() => status().innerText()).toBe('Resolved');
      await card()
        .getByText(/^Linked to Meadowlark Clinics \(ID \d+\)\.$/)
        .waitFor();
      await noToasts(review);
      await stage().picture(review, 'match-review-decided');
    });

    it('can be undone, and the question is open again', async () => {
      await card().getByRole('button', { name: 'Undo the Decision' }).click();
      await card().locator('[data-id="confirm"]').getByRole('button').click();
      await expect.poll(() => status().innerText()).toBe('Open');
      await noToasts(review);
    });

    it('is on the home page too, where many are decided at once by keyboard', async () => {
      await review.goto('/');
      const list = review.locator('c-trueup-match-reviews');
      await list.getByRole('checkbox', { name: 'Choose all' }).focus();
      await review.keyboard.press('Space');
      await list.getByRole('button', { name: 'Link to the Most Likely' }).focus();
      await review.keyboard.press('Enter');
      await list.getByText(/Meadowlark Clinics: the next invoices go to Meadowlark Clinics/).waitFor();
      await stage().picture(review, 'match-reviews-many');
      await review.keyboard.press('Tab');
      await review.keyboard.press('Enter');
      await list.getByText('No account or product waits for a decision.').waitFor();
      await noToasts(review);
    });

    it('is asked again when its link is undone on the link’s own page', async () => {
      await review.goto('/lightning/o/Trueup_Link__c/list');
      const row = review.getByRole('row').filter({ hasText: 'Meadowlark Clinics' }).filter({ hasText: 'Linked' });
      await row.getByRole('link', { name: /^LNK-/ }).click();
      await review.getByRole('button', { name: 'Undo Link', exact: true }).click();
      const dialog = review.getByRole('dialog', { name: 'Undo Link' });
      await dialog.getByText(/A match review is opened/).waitFor();
      await stage().picture(review, 'link-undo');
      await dialog.getByRole('button', { name: 'Undo Link' }).click();
      await dialog.waitFor({ state: 'detached' });
      await review.goto('/');
      await review.locator('c-trueup-match-reviews').getByRole('link', { name: 'Meadowlark Clinics' }).waitFor();
      await review.close();
    });
  });

  describe('a conflict', () => {
    it('comes when a customer is changed in QuickBooks, and is decided field by field by keyboard', async () => {
      await moveInBooks(stage(), 'Harbor Foods, Inc.', 'Tacoma');
      const inbox = await stage().tab('/lightning/n/Trueup_Conflict_Inbox', 'admin');
      const row = inbox.locator('c-trueup-conflicts tbody tr').filter({ hasText: 'Tacoma' });
      await expect
        .poll(
          async () => {
            await inbox.reload();
            await inbox.locator('c-trueup-conflicts [data-id="empty"], c-trueup-conflicts tbody').waitFor();
            return row.count();
          },
          { timeout: 20_000 },
        )
        .toBe(1);
      expect(plain(await row.innerText())).toContain('Harbor Foods, Inc. City Seattle No other value Tacoma');
      await row.getByRole('radio', { name: /QuickBooks: Tacoma$/ }).focus();
      await inbox.keyboard.press('Space');
      await stage().picture(inbox, 'conflict');
      await inbox.getByRole('button', { name: 'Save' }).focus();
      await inbox.keyboard.press('Enter');
      await row.waitFor({ state: 'detached' });
      await noToasts(inbox);
      await inbox.goto('/lightning/o/Trueup_Conflict__c/list');
      await inbox.getByRole('row').filter({ hasText: 'Tacoma' }).filter({ hasText: 'Decided' }).waitFor();
      await stage().picture(inbox, 'conflict-decided');
      await inbox.close();
    });
  });

  describe('a field mapping', () => {
    it('that would fail says so beside the field, is put right, tried on an invoice and saved', async () => {
      const admin = await stage().tab('/lightning/n/Trueup_Field_Mappings', 'admin');
      const editor = await newMapping(admin);
      await editor.choose('Target', 'Stripe Invoice');
      await editor.pick('Target field', 'custom', /^Custom field on the invoice/);
      await editor.fill('Name of the field there', 'PO number');
      await editor.pick('Field', 'account__r.phone', /Account__r\.Phone/);
      await editor.finds(1);
      await admin.getByText('Trueup writes "PO number" itself.').last().waitFor();
      expect(await admin.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
      await stage().picture(admin, 'mapping-would-fail');
      await editor.fill('Name of the field there', 'Phone');
      await editor.finds(0);
      expect(await editor.preview('custom_fields[0].name')).toContain('Phone Changed');
      await stage().picture(admin, 'mapping-preview');
      await admin.getByRole('button', { name: 'Save' }).click();
      await admin.getByText('In order').waitFor();
      await noToasts(admin);
      await stage().picture(admin, 'mappings');
      await admin.close();
    });

    let billing: Page;

    it('goes out with the next invoice', async () => {
      billing = await stage().tab(`/lightning/r/Account/${stage().story.accounts.HARBOR}/view`, 'admin');
      const panel = await openPanel(billing);
      await panel.dialog.getByRole('button', { name: 'Add Line' }).click();
      await panel.dialog.getByLabel('Description: New line').fill('Workshop, autumn');
      await panel.dialog.getByLabel('Quantity: Workshop, autumn').fill('1');
      await panel.dialog.getByLabel('Unit price: Workshop, autumn').fill('800');
      const number = await panel.issue();
      expect(await customFieldsAtStripe(stage(), billing, number)).toMatchObject({ Phone: '+1 206 555 0142' });
    });

    it('of which nobody tells: an invoice that was paid is read again when somebody asks', async () => {
      await showsStatus(billing, 'Open');
      const deaf = stage().sandbox.faults.add({ point: 'stripe.event', fault: { kind: 'never-generate' } });
      const hosted = await stage().tab(await payLinkOf(billing));
      await payByCard(hosted, '4242 4242 4242 4242');
      await hosted.getByText('Thank you. This invoice is paid.').waitFor();
      stage().sandbox.faults.remove(deaf);
      await hosted.close();
      await billing.getByRole('button', { name: 'Sync Now' }).click();
      const dialog = billing.getByRole('dialog');
      await dialog.getByText(/^Trueup reads .+ again in Stripe and QuickBooks/).waitFor();
      await stage().picture(billing, 'sync-now');
      await dialog.getByRole('button', { name: 'Sync Now' }).click();
      await billing.getByText('Sync asked for').waitFor();
      await showsStatus(billing, 'Paid');
      await billing.close();
    });
  });

  describe('the first load', () => {
    it('is forecast, started, paused and resumed, and names what waits', async () => {
      await writeHistory(stage(), 'Harbor Foods');
      const admin = await stage().tab('/lightning/n/Trueup_First_Load', 'admin');
      await admin.getByRole('button', { name: 'Forecast' }).click();
      await admin.getByText(/^\d+ records, about .* of today's Salesforce calls that are left\.$/).waitFor();
      await stage().picture(admin, 'first-load-forecast');
      const slow = stage().sandbox.faults.add({
        point: 'quickbooks.request',
        match: { path: '*/query' },
        fault: { kind: 'delay', ms: 1_500 },
      });
      await admin.getByRole('button', { name: 'Start the first load' }).click();
      await admin.getByRole('button', { name: 'Pause' }).click();
      await loadIs(admin, 'Paused');
      await stage().picture(admin, 'first-load-paused');
      stage().sandbox.faults.remove(slow);
      await admin.getByRole('button', { name: 'Resume' }).click();
      await loadIs(admin, 'Completed');
      expect(await loaded(admin, 'quickbooks-invoices', 'written')).toBe('2');
      expect(await loaded(admin, 'quickbooks-invoices', 'waiting')).toBe('1');
      await admin.getByText('Its customer waits for a match review.').waitFor();
      for (const example of ['such as Stranger & Daughters', 'such as OLD-3']) await admin.getByText(example, { exact: true }).waitFor();
      await stage().picture(admin, 'first-load-completed');
      await admin.goto('/lightning/o/Trueup_Invoice__c/list');
      await admin.getByText('OLD-2').waitFor();
      await admin.close();
    });
  });
}
