import { readdirSync } from 'node:fs';
import path from 'node:path';
import { nodesOf, readMetadata, textOf } from '../schema/metadata-file.ts';
import type { MetadataFile, SchemaProblem, XmlNode } from '../schema/metadata-file.ts';
import type { FlowDefinition } from './definition.ts';
import { ELEMENT_TAGS, loadElements } from './load-elements.ts';
import { loadStart } from './load-start.ts';
import { operandOf } from './operands.ts';

/** Tags that say nothing about how the flow runs, or are read below. */
const KNOWN = new Set([
  ...ELEMENT_TAGS,
  'apiVersion',
  'areMetricsLoggedToDataCloud',
  'constants',
  'customProperties',
  'description',
  'environments',
  'formulas',
  'fullName',
  'interviewLabel',
  'isOverridable',
  'isTemplate',
  'label',
  'processMetadataValues',
  'processType',
  'runInMode',
  'start',
  'startElementReference',
  'status',
  'textTemplates',
  'timeZoneSidKey',
  'triggerOrder',
  'variables',
]);

export interface LoadedFlows {
  flows: Map<string, FlowDefinition>;
  problems: SchemaProblem[];
}

/** Reads every `.flow-meta.xml` below the folders; what cannot be run is a problem with file, line and element. */
export function loadFlows(folders: string[]): LoadedFlows {
  const flows = new Map<string, FlowDefinition>();
  const problems: SchemaProblem[] = [];
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith('.flow-meta.xml')) continue;
      const flow = loadFlow(readMetadata(path.join(entry.parentPath, entry.name)), problems);
      flows.set(flow.name, flow);
    }
  }
  return { flows, problems };
}

function loadFlow(file: MetadataFile, problems: SchemaProblem[]): FlowDefinition {
  const { body } = file;
  const name = path.basename(file.path, '.flow-meta.xml');
  const label = path.relative(process.cwd(), file.path);
  const refuse = (line: number, message: string): void => {
    problems.push({ file: label, line, message });
  };
  for (const tag of Object.keys(body))
    if (!KNOWN.has(tag)) refuse(file.line(tag), `<${tag}> (${namesOf(body, tag)}) is not supported by the local org's flows`);
  const processType = textOf(body, 'processType') ?? 'AutoLaunchedFlow';
  if (processType !== 'AutoLaunchedFlow')
    refuse(file.line('processType'), `Flows of type ${processType} are not supported by the local org`);
  return {
    name,
    label: textOf(body, 'label') ?? name,
    file: label,
    status: textOf(body, 'status') ?? 'Draft',
    accessLevel: textOf(body, 'runInMode') === 'SystemModeWithSharing' ? 'sharing' : 'system',
    start: loadStart(file, refuse),
    elements: loadElements(file, refuse),
    variables: new Map(nodesOf(body, 'variables').map((node) => [textOf(node, 'name') ?? '', variableOf(node)])),
    constants: new Map(nodesOf(body, 'constants').map((node) => [textOf(node, 'name') ?? '', operandOf(nodesOf(node, 'value')[0])])),
    formulas: new Map(nodesOf(body, 'formulas').map((node) => [textOf(node, 'name') ?? '', formulaOf(node)])),
    templates: new Map(nodesOf(body, 'textTemplates').map((node) => [textOf(node, 'name') ?? '', textOf(node, 'text') ?? ''])),
  };
}

const namesOf = (body: XmlNode, tag: string): string =>
  nodesOf(body, tag)
    .map((node) => textOf(node, 'name') ?? '?')
    .join(', ') || 'a setting';

const variableOf = (node: XmlNode) => ({
  name: textOf(node, 'name') ?? '',
  dataType: textOf(node, 'dataType') ?? 'String',
  isCollection: textOf(node, 'isCollection') === 'true',
  isInput: textOf(node, 'isInput') === 'true',
  isOutput: textOf(node, 'isOutput') === 'true',
  objectType: textOf(node, 'objectType') ?? null,
  initial: node['value'] ? operandOf(nodesOf(node, 'value')[0]) : null,
});

const formulaOf = (node: XmlNode) => ({
  dataType: textOf(node, 'dataType') ?? 'String',
  expression: textOf(node, 'expression') ?? '',
  scale: textOf(node, 'scale') === undefined ? null : Number(textOf(node, 'scale')),
});
