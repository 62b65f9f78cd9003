import { apex, billing, plantClass, plantComponent } from './defect.ts';
import type { Defect } from './defect.ts';

/** Defects that a compiler or an analyser has to find. */
export const toolDefects: Defect[] = [
  {
    name: 'a method that does not exist',
    check: 'apex-ls',
    file: 'TrueupPlantedMethod',
    says: /reallyRequire/,
    plant: (copy) => plantClass(copy, 'TrueupPlantedMethod', apex('TrueupPlantedMethod', "TrueupAccess.reallyRequire('x');")),
  },
  {
    name: 'a value of the wrong type',
    check: 'apex-ls',
    file: 'TrueupPlantedType',
    says: /String|Integer/,
    plant: (copy) => plantClass(copy, 'TrueupPlantedType', apex('TrueupPlantedType', "Integer count = 'three';")),
  },
  {
    name: 'SOQL made by pasting',
    check: 'pmd',
    file: 'TrueupPlantedInjection',
    says: /ApexSOQLInjection/,
    plant: (copy) =>
      plantClass(
        copy,
        'TrueupPlantedInjection',
        "public with sharing class TrueupPlantedInjection {\n    public static List<SObject> run(String condition) {\n        return Database.query('SELECT Id FROM Account WHERE ' + condition);\n    }\n}\n",
      ),
  },
  {
    name: 'a swallowed exception',
    check: 'pmd',
    file: 'TrueupPlantedCatch',
    says: /EmptyCatchBlock/,
    plant: (copy) =>
      plantClass(
        copy,
        'TrueupPlantedCatch',
        apex('TrueupPlantedCatch', "try { TrueupAccess.requireRead('x'); } catch (Exception anything) { }"),
      ),
  },
  {
    name: 'a flow without a fault path',
    check: 'flow-scanner',
    file: 'Trueup_Nightly_Sync',
    says: /MissingFaultPath/,
    plant: (copy) =>
      copy.edit(
        'force-app/main/accounting/flows/Trueup_Nightly_Sync.flow-meta.xml',
        '<faultConnector>\n            <targetReference>Note_Failed_Run</targetReference>\n        </faultConnector>',
        '',
      ),
  },
  {
    name: 'a template that does not parse',
    check: 'lwc-compile',
    file: 'trueupPlantedTemplate.html',
    says: /.+/,
    plant: (copy) =>
      plantComponent(
        copy,
        'trueupPlantedTemplate',
        "import { LightningElement } from 'lwc';\nexport default class TrueupPlantedTemplate extends LightningElement {}\n",
        '<template>\n    <p lwc:if={a b}>x</p>\n</template>\n',
      ),
  },
  {
    name: 'a script that does not parse',
    check: 'lwc-compile',
    file: 'trueupPlantedScript.js',
    says: /.+/,
    plant: (copy) =>
      plantComponent(
        copy,
        'trueupPlantedScript',
        "import { LightningElement } from 'lwc';\nexport default class TrueupPlantedScript extends LightningElement {\n    total = ;\n}\n",
      ),
  },
  {
    name: 'a component that reaches into the page',
    check: 'lwc-lint',
    file: 'trueupPlantedReach.js',
    says: /document/i,
    plant: (copy) =>
      plantComponent(
        copy,
        'trueupPlantedReach',
        "import { LightningElement } from 'lwc';\nexport default class TrueupPlantedReach extends LightningElement {\n    connectedCallback() {\n        this.found = document.querySelector('p');\n    }\n}\n",
      ),
  },
  {
    name: 'a class without its metadata file',
    check: 'convert-source',
    file: 'TrueupPlantedOrphan.cls',
    says: /metadata file TrueupPlantedOrphan.cls-meta.xml is missing/,
    plant: (copy) => copy.write(`${billing}/classes/TrueupPlantedOrphan.cls`, apex('TrueupPlantedOrphan', 'return;')),
  },
  {
    name: 'a file Salesforce does not know',
    check: 'convert-source',
    file: 'force-app',
    says: /strange/i,
    plant: (copy) =>
      copy.write(
        `${billing}/strange/Trueup_Thing.strange-meta.xml`,
        '<?xml version="1.0" encoding="UTF-8"?>\n<Strange xmlns="http://soap.sforce.com/2006/04/metadata"/>\n',
      ),
  },
];
