/**
 * Statements that let pass so many milliseconds for what waits in the functions' database: PostgreSQL's own clock, by which it waits,
 * cannot be moved. To be made while no process of the functions runs.
 */
export const whatWaited = (ms: number): string => {
  const earlier = (table: string, ...columns: string[]) =>
    `UPDATE trueup.${table} SET ${columns.map((column) => `${column} = ${column} - interval '${ms} milliseconds'`).join(', ')};`;
  return earlier('dirty_object', 'due_at', 'leased_until', 'turn_until') + earlier('sweep_checkpoint', 'due_at', 'claimed_until');
};
