import { parseQuery } from '@jetstreamapp/soql-parser-js';
import { describe, expect, it } from 'vitest';
import { readTree } from './read-tree.ts';

describe('a tree that is copied from another statement', () => {
  it.each([
    ['text', "SELECT Id FROM Account WHERE Name = 'a'", "SELECT Id FROM Account WHERE Name = 'b'"],
    ['escaped quotes', "SELECT Id FROM Account WHERE Name = 'O\\'Neil'", "SELECT Id FROM Account WHERE Name = 'it\\\\'"],
    ['nothing in the quotes', "SELECT Id FROM Account WHERE Name = 'a'", "SELECT Id FROM Account WHERE Name = ''"],
    ['lists', "SELECT Id FROM Account WHERE Name IN ('a', 'b')", "SELECT Id FROM Account WHERE Name IN ('c', 'a')"],
    [
      'instants, in a semi-join too',
      "SELECT Id FROM Account WHERE CreatedDate > 2026-11-24T10:00:00.000Z AND Id IN (SELECT AccountId FROM Contact WHERE Name = 'a')",
      "SELECT Id FROM Account WHERE CreatedDate > 2027-01-02T03:04:05.678Z AND Id IN (SELECT AccountId FROM Contact WHERE Name = 'b')",
    ],
    [
      'a child subquery',
      "SELECT Name, (SELECT Id FROM Contacts WHERE Email = 'a') FROM Account WHERE Site = 'b'",
      "SELECT Name, (SELECT Id FROM Contacts WHERE Email = 'c') FROM Account WHERE Site = 'd'",
    ],
  ])('has the literals of its own: %s', (_name, first, second) => {
    for (const text of [first, second, first]) expect(readTree(text)).toEqual(parseQuery(text));
  });

  it('is refused as the parser refuses the text itself', () => {
    const complaint = (read: (text: string) => unknown, text: string): string => {
      try {
        return JSON.stringify(read(text));
      } catch (error) {
        return (error as Error).message;
      }
    };
    for (const text of ["SELECT Id FROM Account WHERE Name = 'a' 'b'", "SELEKT Id FROM Account WHERE Name = 'a'"])
      expect(complaint(readTree, text)).toBe(complaint(parseQuery, text));
  });
});
