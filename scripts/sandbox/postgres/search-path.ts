/** Where the functions are that stand in for PostgreSQL's own; a database without it has PostgreSQL's. */
export const SCHEMA = 'sandbox';

/** A function of ours is found before PostgreSQL's of that name, which is looked for first unless its schema is named. https://www.postgresql.org/docs/18/ddl-schemas.html#DDL-SCHEMAS-CATALOG */
export const SEARCH_PATH = `"$user",public,${SCHEMA},pg_catalog`;
