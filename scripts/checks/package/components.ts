import path from 'node:path';
import type { PackageSource } from './source.ts';
import { child, children, textOf } from './xml.ts';

/** A Lightning web component of the package. */
export interface Component {
  name: string;
  folder: string;
  /** Where its metadata lets it be placed, such as lightning__RecordPage. */
  targets: Set<string>;
  /** ScreenAction or Action for a quick action. */
  actionType: string | undefined;
  exposed: boolean;
}

/** Every component of the package by its name. */
export function components(source: PackageSource): Map<string, Component> {
  return new Map(
    source.ofType('LightningComponentBundle').map(({ file, name, root }) => {
      const configs = children(child(root, 'targetConfigs') ?? root, 'targetConfig');
      return [
        name,
        {
          name,
          folder: path.posix.dirname(file),
          targets: new Set(children(child(root, 'targets') ?? root, 'target').map(({ text }) => text)),
          actionType: configs.map((config) => textOf(config, 'actionType')).find(Boolean),
          exposed: textOf(root, 'isExposed') === 'true',
        },
      ];
    }),
  );
}
