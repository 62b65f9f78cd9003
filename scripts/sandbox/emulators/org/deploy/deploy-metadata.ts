import type { ComponentOutcome, DataContext, MetadataComponent } from '../data.ts';
import type { OrgCore } from '../dml/work.ts';
import { quote } from '../store.ts';
import type { StoredRow } from '../store.ts';
import { ComponentProblem, columnsOf, requireFields, targetOf } from './check-record.ts';

const NO_RIGHT =
  'INSUFFICIENT_ACCESS: deploying metadata requires a user with the CustomizeApplication and ModifyAllData or ModifyMetadata permissions';

/** Saves custom metadata records by their full names: all of them, or none when one is refused. */
export function deployMetadata(
  core: OrgCore,
  components: MetadataComponent[],
  context: Pick<DataContext, 'userId' | 'now'>,
): ComponentOutcome[] {
  const point = core.store.begin();
  const named = new Set<string>();
  const outcomes = components.map((component) => {
    try {
      if (!mayDeploy(core, context.userId)) throw new ComponentProblem(NO_RIGHT);
      // https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_class_Metadata_DeployContainer.htm (addMetadata)
      if (named.has(component.fullName.toLowerCase()))
        throw new ComponentProblem(`Duplicate full name in one deployment: ${component.fullName}`);
      named.add(component.fullName.toLowerCase());
      return saveRecord(core, component);
    } catch (error) {
      if (!(error instanceof ComponentProblem)) throw error;
      return { fullName: component.fullName, success: false, created: false, id: null, problem: error.message };
    }
  });
  if (outcomes.every((one) => one.success)) point.commit();
  else point.rollback();
  return outcomes;
}

/** https://help.salesforce.com/s/articleView?id=platform.meta_modify_metadata_perm.htm, and Customize Application for the type. */
function mayDeploy(core: OrgCore, userId: string): boolean {
  const { userPermissions } = core.book.of(userId);
  return userPermissions.has('CustomizeApplication') && (userPermissions.has('ModifyAllData') || userPermissions.has('ModifyMetadata'));
}

function saveRecord(core: OrgCore, component: MetadataComponent): ComponentOutcome {
  const { object, name } = targetOf(core, component);
  const known = core.store.prepare(`SELECT * FROM ${quote(object.name)} WHERE fold("DeveloperName") = ?`).get(name.toLowerCase()) as
    | StoredRow
    | undefined;
  const columns = columnsOf(core, object, component, !known);
  const row: StoredRow = known ?? { Id: core.store.nextId(object), DeveloperName: name, QualifiedApiName: name, Language: 'en_US' };
  requireFields(object, { ...row, ...columns });
  const id = String(row['Id']);
  if (known) core.store.update(object, id, columns);
  else core.store.insert(object, { ...row, ...columns });
  return { fullName: component.fullName, success: true, created: !known, id, problem: null };
}
