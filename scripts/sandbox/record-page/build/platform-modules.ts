/** What the `@salesforce/*` imports of a component need from the package. */
export interface PlatformSources {
  /** Custom labels by API name. */
  labels: Map<string, string>;
}

const BOOTED_I18N = ['lang', 'dir', 'locale', 'timeZone', 'currency'];

/**
 * JavaScript of a platform module such as `@salesforce/apex/TrueupSyncController.runSync`. What depends on the user comes from
 * `sandbox/boot`. Undefined: not ours, the base components bring it. Throws for a label the package does not have.
 */
export function platformModule(id: string, { labels }: PlatformSources): string | undefined {
  const [, scope = '', ...rest] = id.split('/');
  const name = rest.join('/');
  switch (scope) {
    case 'apex':
    case 'apexContinuation':
      return name ? apexMethod(name) : `export { refreshApex, getSObjectValue } from 'sandbox/apex';`;
    case 'schema':
      return constant(schemaReference(name));
    case 'label':
      if (!name.startsWith('c.')) return undefined;
      if (!labels.has(name.slice(2))) throw new Error(`The package has no custom label ${name.slice(2)}.`);
      return constant(labels.get(name.slice(2)));
    case 'user':
      return booted(`boot.user[${JSON.stringify(name)}]`);
    case 'userPermission':
    case 'customPermission':
      return booted(`boot.${scope}.includes(${JSON.stringify(name)}) ? true : undefined`);
    case 'i18n':
      return BOOTED_I18N.includes(name) ? booted(`boot.i18n[${JSON.stringify(name)}]`) : undefined;
    case 'resourceUrl':
      return constant(`/resource/${name}`);
    case 'contentAssetUrl':
      return constant(`/file-asset/${name}`);
    case 'messageChannel':
      return constant({ messageChannel: name });
    case 'community':
      return constant(null);
    case 'gate':
      return 'export default { isOpen: () => true };';
    case 'accessCheck':
    case 'featureFlag':
      return constant(true);
    default:
      return undefined;
  }
}

function apexMethod(name: string): string {
  const at = name.lastIndexOf('.');
  const [className, method] = [name.slice(0, at), name.slice(at + 1)].map((part) => JSON.stringify(part));
  return `import { apexMethod } from 'sandbox/apex'; export default apexMethod(${className}, ${method});`;
}

function schemaReference(name: string) {
  const [objectApiName, ...field] = name.split('.');
  return field.length > 0 ? { objectApiName, fieldApiName: field.join('.') } : { objectApiName };
}

const constant = (value: unknown) => `export default ${JSON.stringify(value)};`;
const booted = (expression: string) => `import { boot } from 'sandbox/boot'; export default ${expression};`;
