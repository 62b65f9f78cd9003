import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { MalformedXml, parseXml } from './xml.ts';
import type { XmlElement } from './xml.ts';

/** One `*-meta.xml` file. */
export interface MetadataFile {
  /** Path from the root of the repository. */
  file: string;
  /** Name of the component: the file's name without its suffixes. */
  name: string;
  /** Name of the object whose folder holds it; empty elsewhere. */
  object: string;
  root: XmlElement;
}

/** The package as it lies on disk. */
export interface PackageSource {
  /** Every file below force-app, as paths from the root of the repository. */
  files: string[];
  text(file: string): string;
  metadata: MetadataFile[];
  malformed: { file: string; line: number; message: string }[];
  /** Metadata files whose root element is `type`, such as PermissionSet. */
  ofType(type: string): MetadataFile[];
}

const read = new Map<string, PackageSource>();

/** Reads force-app once per root and process. */
export function readPackage(root: string): PackageSource {
  const known = read.get(root);
  if (known) return known;
  const files = listFiles(root, 'force-app');
  const source: PackageSource = {
    files,
    text: textReader(root),
    metadata: [],
    malformed: [],
    ofType: (type) => source.metadata.filter((found) => found.root.name === type),
  };
  for (const file of files) {
    if (!file.endsWith('-meta.xml')) continue;
    try {
      source.metadata.push({
        file,
        name: path.basename(file).replace(/\.[A-Za-z]+-meta\.xml$/, ''),
        object: objectOf(file),
        root: parseXml(source.text(file)),
      });
    } catch (error) {
      if (!(error instanceof MalformedXml)) throw error;
      source.malformed.push({ file, line: error.line, message: error.message });
    }
  }
  read.set(root, source);
  return source;
}

/** Every file below a folder, as sorted paths from the root; none when the folder does not exist. */
export function listFiles(root: string, folder: string): string[] {
  let entries;
  try {
    entries = readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return entries
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
}

const objectOf = (file: string): string => /\/objects\/([^/]+)\//.exec(file)?.[1] ?? '';

function textReader(root: string): (file: string) => string {
  const texts = new Map<string, string>();
  return (file) => {
    const known = texts.get(file);
    if (known !== undefined) return known;
    const text = readFileSync(path.join(root, file), 'utf8');
    texts.set(file, text);
    return text;
  };
}
