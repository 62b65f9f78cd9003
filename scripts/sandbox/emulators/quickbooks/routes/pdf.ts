import type { Draft, Line } from '../entities.ts';
import { spacedName } from '../formatters.ts';

/** Text in a PDF string: Latin-1 only, brackets and backslashes escaped. */
const literal = (text: string): string =>
  `(${[...text]
    .map((character) => (character.charCodeAt(0) > 255 ? '?' : character))
    .join('')
    .replace(/[\\()]/g, '\\$&')})`;

/** A plain but valid one-page PDF of a document. */
export function documentPdf(entity: string, document: Draft): Buffer {
  const currency = (document['CurrencyRef'] as { value: string } | undefined)?.value ?? '';
  const lines = ((document['Line'] ?? []) as Line[]).filter((line) => line.DetailType !== 'SubTotalLineDetail').slice(0, 40);
  const text = [
    `${spacedName(entity)} ${String(document['DocNumber'] ?? document['Id'])}`,
    `Customer: ${(document['CustomerRef'] as { name?: string } | undefined)?.name ?? ''}`,
    `Date: ${String(document['TxnDate'])}${document['DueDate'] ? `   Due: ${String(document['DueDate'])}` : ''}`,
    '',
    ...lines.map(
      (line) =>
        `${(line.Description ?? (line['SalesItemLineDetail'] as Draft | undefined)?.['ItemRef']) ? String(line.Description ?? ((line['SalesItemLineDetail'] as Draft)['ItemRef'] as { name: string }).name) : ''}   ${String(line.Amount ?? '')}`,
    ),
    '',
    `Total: ${Number(document['TotalAmt']).toFixed(2)} ${currency}`,
  ];
  const stream = `BT /F1 11 Tf 56 780 Td 16 TL ${text.map((line) => `${literal(line)} Tj T*`).join(' ')} ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    `<< /Length ${Buffer.byteLength(stream, 'latin1')} >>\nstream\n${stream}\nendstream`,
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = Buffer.byteLength(file, 'latin1');
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = Buffer.byteLength(file, 'latin1');
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')}`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}
