import { decimalText } from '../currencies.ts';
import type { Invoice, Item } from '../entities.ts';
import { discountOf } from '../totals.ts';
import type { AccountProfile } from '../world.ts';

const LINES_PER_PAGE = 44;

/** A plain PDF of an invoice: one fixed font, as many A4 pages as its lines need. */
export function invoicePdf(account: AccountProfile, invoice: Invoice, items: Item[]): Buffer {
  const money = (amount: number) => decimalText(amount, invoice.currency).padStart(18);
  const date = (seconds: number | null) =>
    seconds === null ? '-' : new Date(seconds * 1000).toLocaleDateString('en-CA', { timeZone: account.timeZone });
  const rows = [
    'INVOICE',
    '',
    `From      ${account.name}`,
    `To        ${invoice.customer_snapshot.name ?? ''}`,
    `Number    ${invoice.number ?? ''}`,
    `Issued    ${date(invoice.effective_at)}`,
    `Due       ${date(invoice.due_date)}`,
    ...(invoice.custom_fields ?? []).map((field) => `${field.name}: ${field.value}`),
    '',
    ...items.map((item) => `${(item.description ?? '').slice(0, 50).padEnd(52)}${money(item.amount)}`),
    '',
    `${'Subtotal'.padEnd(52)}${money(invoice.subtotal)}`,
    ...(discountOf(invoice) ? [`${'Discount'.padEnd(52)}${money(-discountOf(invoice))}`] : []),
    ...invoice.total_taxes.map((tax) => `${'Tax'.padEnd(52)}${money(tax.amount)}`),
    `${`Total ${invoice.currency.toUpperCase()}`.padEnd(52)}${money(invoice.total)}`,
    `${'Amount due'.padEnd(52)}${money(invoice.amount_due - invoice.amount_paid)}`,
    ...(invoice.description ? ['', invoice.description.slice(0, 90)] : []),
  ];
  const pages: string[][] = [];
  for (let start = 0; start < rows.length; start += LINES_PER_PAGE) pages.push(rows.slice(start, start + LINES_PER_PAGE));
  return assemble(pages);
}

/** WinAnsi text in a PDF string; what it lacks becomes a question mark. */
const escapeText = (text: string) => text.replace(/[^\x20-\x7e\xa0-\xff]/g, '?').replace(/[\\()]/g, '\\$&');

function assemble(pages: string[][]): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>',
  ];
  const kids: string[] = [];
  for (const rows of pages) {
    const text = `BT /F1 10 Tf 16 TL 60 780 Td\n${rows.map((row) => `(${escapeText(row)}) Tj T*`).join('\n')}\nET`;
    objects.push(`<< /Length ${Buffer.byteLength(text, 'latin1')} >>\nstream\n${text}\nendstream`);
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${objects.length} 0 R >>`,
    );
    kids.push(`${objects.length} 0 R`);
  }
  objects[1] = `<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${kids.length} >>`;
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = Buffer.byteLength(file, 'latin1');
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const xref = Buffer.byteLength(file, 'latin1');
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}
