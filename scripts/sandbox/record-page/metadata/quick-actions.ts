import { apiName, readXml, text } from './xml.ts';

/** An action of the highlights panel that opens one of our components. */
export interface QuickAction {
  /** `Opportunity.Trueup_Issue_Invoice`. */
  name: string;
  label: string;
  component: string;
  /** Screen actions open in a modal, headless ones are invoked. */
  headless: boolean;
  size: 'Small' | 'Medium' | 'Large';
}

/** Reads a `.quickAction-meta.xml`; throws for a kind that opens no Lightning web component, naming the file. */
export function readQuickAction(file: string): QuickAction {
  const root = readXml(file);
  const component = text(root, 'lightningWebComponent');
  if (!component) throw new Error(`${file}: the sandbox runs quick actions of type LightningWebComponent only, not ${text(root, 'type')}.`);
  const size = text(root, 'modalSize');
  return {
    name: apiName(file),
    label: text(root, 'label') ?? apiName(file),
    component,
    headless: text(root, 'actionSubtype') === 'Action',
    size: size === 'Large' || size === 'Small' ? size : 'Medium',
  };
}
