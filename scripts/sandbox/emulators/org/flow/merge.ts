import type { FlowValue } from './definition.ts';

/** Text with every `{!Reference}` replaced by its value; null leaves nothing. */
export function mergeText(text: string, read: (path: string) => FlowValue): string {
  return text.replace(/\{!([^}]+)\}/g, (_, path: string) => {
    const value = read(path.trim());
    return value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  });
}
