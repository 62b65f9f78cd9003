import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The repository, which holds sfdx-project.json. */
export const root = path.resolve(import.meta.dirname, '../..');

/** What sfdx-project.json says of one package of ours. */
export interface Package {
  /** As people type it: main or orders. */
  short: string;
  name: string;
  path: string;
  description: string;
  /** Scratch org definition the version is validated against. */
  definition: string;
}

interface Project {
  packageDirectories: { path: string; package?: string; versionDescription?: string; definitionFile?: string }[];
  packageAliases?: Record<string, string>;
}

const project = (): Project => JSON.parse(readFileSync(path.join(root, 'sfdx-project.json'), 'utf8')) as Project;

/** Every package of the project, the main one first. */
export function packages(): Package[] {
  return project().packageDirectories.flatMap((directory) =>
    directory.package
      ? [
          {
            short: path.basename(directory.path),
            name: directory.package,
            path: directory.path,
            description: directory.versionDescription ?? '',
            definition: directory.definitionFile ?? 'config/project-scratch-def.json',
          },
        ]
      : [],
  );
}

/** The 0Ho or 04t id an alias stands for in sfdx-project.json, if `sf package create` has written it there. */
export const alias = (name: string): string | undefined => project().packageAliases?.[name];

/** The latest version of a package created from this checkout, as its 04t id. */
export function latestVersion(of: Package): string | undefined {
  const versions = Object.entries(project().packageAliases ?? {}).filter(([name]) => name.startsWith(`${of.name}@`));
  return versions.at(-1)?.[1];
}
