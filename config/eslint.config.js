import lwc from '@salesforce/eslint-config-lwc/recommended.js';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const NON_TEST_TYPESCRIPT = ['functions/src/**/*.ts', 'scripts/**/*.ts'];
const TESTS = ['**/*.test.ts', 'functions/test/**/*.ts'];

export default tseslint.config(
  { ignores: ['**/node_modules/**', '.sandbox/**', 'scripts/sf-plugin/lib/**', '**/*.generated.*'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommended],
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      // The compiler says it on its way (noUnusedLocals, noUnusedParameters); here it takes a third of the whole run.
      '@typescript-eslint/no-unused-vars': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'off',
    },
  },
  {
    files: NON_TEST_TYPESCRIPT,
    ignores: TESTS,
    rules: { 'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }] },
  },
  {
    // Configuration is parsed once; everything else is handed what it needs.
    files: ['functions/src/**/*.ts'],
    ignores: ['functions/src/platform/config.ts', ...TESTS],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only platform/config.ts reads the environment.' },
      ],
      'no-console': 'error',
    },
  },
  {
    // Money is integer minor units: decimals are parsed and printed in the domain's money module only.
    files: ['functions/src/{use-cases,endpoints,inbox}/**/*.ts'],
    ignores: TESTS,
    rules: {
      'no-restricted-globals': ['error', { name: 'parseFloat', message: 'Money is integer minor units; use domain/money.ts.' }],
    },
  },
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
);
