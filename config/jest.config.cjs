const { jestConfig } = require('@salesforce/sfdx-lwc-jest/config');

/** Runs the components' tests: `jest --config config/jest.config.cjs`, from the root of the repository. */
module.exports = {
  ...jestConfig,
  roots: ['<rootDir>/force-app', '<rootDir>/config/jest-mocks'],
  testMatch: ['**/lwc/**/__tests__/**/*.test.js'],
  moduleNameMapper: {
    // The platform has it, sfdx-lwc-jest has no stub for it.
    '^lightning/actions$': '<rootDir>/config/jest-mocks/lightning/actions.js',
  },
  setupFilesAfterEnv: [
    ...(jestConfig.setupFilesAfterEnv ?? []),
    '<rootDir>/config/jest-mocks/labels.cjs',
    '<rootDir>/config/jest-mocks/browser.cjs',
    '<rootDir>/config/jest-mocks/accessibility.cjs',
  ],
};
