// oclif finds the commands in ./commands by their file names; the package itself exports nothing.
export {};
