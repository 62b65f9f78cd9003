import type { StoredRow } from '../../store.ts';
import type { Behaviour } from './behaviour.ts';

/** Name is first and last name. Source: object reference, Contact.Name and User.Name. */
export const personNameBehaviour: Behaviour = {
  beforeSave: (row) => {
    row['Name'] = fullName(row);
  },
};

export const contactBehaviour: Behaviour = personNameBehaviour;

function fullName(row: StoredRow): string {
  return [row['FirstName'], row['LastName']].filter((part) => typeof part === 'string' && part !== '').join(' ');
}
