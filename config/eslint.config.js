import lwc from '@salesforce/eslint-config-lwc/recommended.js';
import { defineConfig } from 'eslint/config';
import globals from 'globals';

/** The components, theirs and the page's; TypeScript is oxlint's (.oxlintrc.json). */
export default defineConfig([
  { ignores: ['**/node_modules/**', '.sandbox/**', 'scripts/sf-plugin/lib/**', '**/*.generated.*'] },
  {
    files: ['force-app/**/lwc/**/*.js', 'scripts/sandbox/record-page/modules/**/*.js'],
    extends: [lwc],
    // What a package exports is the compiler's to check: reading the engine for each component takes longer than all else.
    settings: { 'import/ignore': ['node_modules'] },
    rules: {
      // Prettier writes arrows this way.
      'no-confusing-arrow': 'off',
      // No component imports a whole namespace; the rule reads every file that any of them imports to say so.
      'import/namespace': 'off',
    },
  },
  {
    // The page's own modules are the platform: they poll, listen and time where components must not.
    files: ['scripts/sandbox/record-page/modules/**/*.js'],
    rules: { '@lwc/lwc/no-async-operation': 'off', '@lwc/lwc/no-inner-html': 'error' },
  },
  {
    files: ['force-app/**/lwc/**/__tests__/**/*.js', 'config/jest-mocks/**/*.js'],
    languageOptions: { globals: { ...globals.node, ...globals.jest } },
    rules: { '@lwc/lwc/no-unexpected-wire-adapter-usages': 'off' },
  },
]);
