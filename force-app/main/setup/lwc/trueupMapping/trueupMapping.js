export { saveMapping } from './deployment';
export { isSame, mappingOf, nameFor, newMapping, tidied } from './record';
export { fileOf, sourceOf } from './source';
