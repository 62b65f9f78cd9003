/** One failed test method. */
export interface FailedTest {
  class: string;
  method: string;
  message: string;
  /** Line in the test's file, 0 when unknown. */
  line: number;
  /** `Class.Foo.bar: line 3, column 1`, innermost first. */
  stack: string[];
}

/** Statement lines of one class. */
export interface ClassCoverage {
  class: string;
  covered: number;
  lines: number;
  uncovered: number[];
}

export interface TestReport {
  passed: number;
  failed: FailedTest[];
  coverage: ClassCoverage[];
  /** Over all classes, 0 to 100. A package version needs 75. */
  coveragePercent: number;
  meetsPackageRule: boolean;
  milliseconds: number;
}

/** https://developer.salesforce.com/docs/atlas.en-us.pkg2_dev.meta/pkg2_dev/sfdx_dev_dev2gp_code_coverage.htm */
export const REQUIRED_COVERAGE_PERCENT = 75;
