import type { CheckModule } from './finding.ts';
import * as apexLs from './rules/apex-ls.ts';
import * as apexReferences from './rules/apex-references.ts';
import * as apexRules from './rules/apex-rules.ts';
import * as componentReferences from './rules/component-references.ts';
import * as convertSource from './rules/convert-source.ts';
import * as drawers from './rules/drawers.ts';
import * as fieldHelp from './rules/field-help.ts';
import * as fileSize from './rules/file-size.ts';
import * as flowReferences from './rules/flow-references.ts';
import * as flowScanner from './rules/flow-scanner.ts';
import * as hosts from './rules/hosts.ts';
import * as labels from './rules/labels.ts';
import * as lwcCompile from './rules/lwc-compile.ts';
import * as lwcLint from './rules/lwc-lint.ts';
import * as metadataSchema from './rules/metadata-schema.ts';
import * as names from './rules/names.ts';
import * as objectReferences from './rules/object-references.ts';
import * as operations from './rules/operations.ts';
import * as optionalFeatures from './rules/optional-features.ts';
import * as pageReferences from './rules/page-references.ts';
import * as permissionSets from './rules/permission-sets.ts';
import * as pmd from './rules/pmd.ts';
import * as reportReferences from './rules/report-references.ts';

/** Every check, in the order of the table. */
export const checks: CheckModule[] = [
  metadataSchema,
  objectReferences,
  permissionSets,
  pageReferences,
  flowReferences,
  apexReferences,
  componentReferences,
  reportReferences,
  names,
  labels,
  optionalFeatures,
  fieldHelp,
  apexRules,
  hosts,
  operations,
  fileSize,
  drawers,
  flowScanner,
  lwcCompile,
  lwcLint,
  convertSource,
  apexLs,
  pmd,
];
