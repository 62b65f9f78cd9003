/** Something a check found. The message says what is wrong and, where it is not plain, what to do. */
export interface Finding {
  /** Path from the root of the repository, with forward slashes. */
  file: string;
  /** 1-based. */
  line?: number | undefined;
  message: string;
}

/** One check of the package: a module of `rules/`. */
export interface CheckModule {
  /** As it appears in the table, such as `metadata-schema`. */
  name: string;
  /** The sentence its silence proves. */
  shows: string;
  /** Everything it finds below `root`, a checkout of this repository. Throws when it could not look at all: silence must mean something. */
  check(root: string): Promise<Finding[]>;
  /** What the machine lacks for this check and how to install it; undefined when it can run. */
  missing?(): string | undefined;
}
