import type { Finding } from '../finding.ts';
import { orgModel } from '../org/org-model.ts';
import { auraMethods } from '../package/apex-signatures.ts';
import { components } from '../package/components.ts';
import { readPackage } from '../package/source.ts';
import type { PackageSource } from '../package/source.ts';
import { children, textOf } from '../package/xml.ts';

export const name = 'component-references';
export const shows = 'components import fields, Apex methods, labels, permissions and components that exist';

/** What a scoped module of the platform names, or why it cannot. https://developer.salesforce.com/docs/platform/lwc/guide/reference-salesforce-modules.html */
type Resolve = (rest: string) => string | undefined;

export async function check(root: string): Promise<Finding[]> {
  const source = readPackage(root);
  const bundles = components(source);
  const resolvers = scopedModules(root, source);
  const findings: Finding[] = [];
  for (const file of source.files.filter((found) => /\/lwc\/[^/]+\/(?!__).*\.(js|html)$/.test(found) && !found.includes('/__tests__/'))) {
    const text = source.text(file);
    const report = (index: number, message: string) => findings.push({ file, line: text.slice(0, index).split('\n').length, message });
    const missing = (bundle: string) => (bundles.has(bundle) ? undefined : `there is no component c/${bundle}`);
    if (file.endsWith('.html')) {
      for (const match of text.matchAll(/<c-([\w-]+)/g)) {
        const problem = missing((match[1] ?? '').replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase()));
        if (problem) report(match.index, problem);
      }
      continue;
    }
    for (const match of text.matchAll(/\bfrom\s+['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]/g)) {
      const imported = match[1] ?? match[2] ?? '';
      const [, scope, rest] = /^@salesforce\/(\w+)\/(.+)$/.exec(imported) ?? [];
      const problem = imported.startsWith('c/') ? missing(imported.slice(2)) : scope ? resolvers[scope]?.(rest ?? '') : undefined;
      if (problem) report(match.index, problem);
    }
  }
  return findings;
}

function scopedModules(root: string, source: PackageSource): Record<string, Resolve> {
  const model = orgModel(root);
  const labels = new Set(
    source.ofType('CustomLabels').flatMap((file) => children(file.root, 'labels').map((label) => textOf(label, 'fullName'))),
  );
  const permissions = new Set(source.ofType('CustomPermission').map((file) => file.name));
  return {
    schema: (rest) => {
      const [object = '', ...path] = rest.split('.');
      if (!model.object(object)) return `there is no object ${object}`;
      const field = path.length > 0 ? model.field(object, path.join('.')) : undefined;
      return typeof field === 'string' ? field : undefined;
    },
    apex: (rest) => {
      const [called = '', method = ''] = rest.split('.');
      const methods = auraMethods(source, called);
      if (!methods) return `there is no Apex class ${called}`;
      return methods.has(method) ? undefined : `${called} has no @AuraEnabled static method ${method}`;
    },
    label: (rest) => (rest.startsWith('c.') && !labels.has(rest.slice(2)) ? `there is no label ${rest.slice(2)}` : undefined),
    customPermission: (rest) => (permissions.has(rest) ? undefined : `there is no custom permission ${rest}`),
  };
}
