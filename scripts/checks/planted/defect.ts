import type { Copy } from './copy.ts';

/** Something wrong, planted into a copy of the package, and what its check must say. */
export interface Defect {
  name: string;
  /** Name of the check that must catch it. */
  check: string;
  plant(copy: Copy): void;
  /** Part of the message. */
  says: RegExp;
  /** Part of the file the finding must point at. */
  file: string;
}

/** Folders the defects are planted in. */
export const billing = 'force-app/main/billing';
export const accounting = 'force-app/main/accounting';
export const setup = 'force-app/main/setup';
export const shared = 'force-app/main/shared';

/** A metadata file. */
export const metadata = (type: string, body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${type} xmlns="http://soap.sforce.com/2006/04/metadata">\n${body}\n</${type}>\n`;

/** Source of a class with one method. */
export const apex = (className: string, body: string, sharing = 'with sharing'): string =>
  `public ${sharing} class ${className} {\n    public static void run() {\n        ${body}\n    }\n}\n`;

/** An Apex class with its metadata. */
export function plantClass(copy: Copy, className: string, source: string): void {
  copy.write(`${billing}/classes/${className}.cls`, source);
  copy.write(
    `${billing}/classes/${className}.cls-meta.xml`,
    metadata('ApexClass', '    <apiVersion>66.0</apiVersion>\n    <status>Active</status>'),
  );
}

/** A Lightning web component. */
export function plantComponent(copy: Copy, component: string, script: string, template = '<template></template>\n'): void {
  copy.write(`${billing}/lwc/${component}/${component}.js`, script);
  copy.write(`${billing}/lwc/${component}/${component}.html`, template);
  copy.write(
    `${billing}/lwc/${component}/${component}.js-meta.xml`,
    metadata('LightningComponentBundle', '    <apiVersion>66.0</apiVersion>\n    <isExposed>false</isExposed>'),
  );
}
