import { RowFault } from '../../errors.ts';
import { shortId } from '../../ids/record-id.ts';
import type { Behaviour } from './behaviour.ts';

/** One assignment per user and permission set; the second is a duplicate. [memory: code and text] */
export const assignmentBehaviour: Behaviour = {
  beforeSave: (row, prior, _given, work) => {
    if (prior) return;
    row['IsActive'] = 1;
    const known = work.core.store
      .prepare('SELECT "Id" FROM "PermissionSetAssignment" WHERE "PermissionSetId" = ? AND "AssigneeId" = ? AND "IsDeleted" = 0')
      .get(row['PermissionSetId'] ?? null, row['AssigneeId'] ?? null);
    if (known)
      throw new RowFault(
        'DUPLICATE_VALUE',
        `duplicate value found: PermissionSetId duplicates value on record with id: ${shortId(String(known['Id']))}`,
      );
  },
};
