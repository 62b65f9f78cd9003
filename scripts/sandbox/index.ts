export { startPostgres } from './postgres/index.ts';
