import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import ts from 'typescript';

/** One element a metadata type may hold. */
export interface ElementType {
  /** A TypeScript type: boolean, number, string, or the name of another metadata type. */
  type: string;
  many: boolean;
  required: boolean;
}

/** A metadata type: the elements it may hold, or the values it may take. */
export interface MetadataType {
  elements: Map<string, ElementType>;
  values?: Set<string>;
}

/** The metadata types of @salesforce/types, which are made from Salesforce's own WSDL. */
export class MetadataTypes {
  private declarations = new Map<string, ts.TypeNode>();
  private types = new Map<string, MetadataType>();
  private file: ts.SourceFile;

  constructor() {
    const folder = path.dirname(createRequire(import.meta.url).resolve('@salesforce/types/metadata'));
    this.file = ts.createSourceFile('metadata.d.ts', readFileSync(path.join(folder, 'metadata.d.ts'), 'utf8'), ts.ScriptTarget.Latest);
    this.file.forEachChild((node) => {
      if (ts.isTypeAliasDeclaration(node)) this.declarations.set(node.name.text, node.type);
    });
    if (this.declarations.size < 1000) throw new Error('@salesforce/types could not be read: its metadata types are missing.');
  }

  /** A type by its name, such as CustomField; undefined when there is none. */
  get(name: string): MetadataType | undefined {
    const known = this.types.get(name);
    if (known) return known;
    const declaration = this.declarations.get(name);
    if (!declaration) return undefined;
    const type: MetadataType = { elements: new Map() };
    this.types.set(name, type);
    this.read(declaration, type);
    return type;
  }

  private read(node: ts.TypeNode, into: MetadataType): void {
    if (ts.isIntersectionTypeNode(node)) for (const part of node.types) this.read(part, into);
    else if (ts.isTypeReferenceNode(node)) {
      for (const [name, element] of this.get(node.typeName.getText(this.file))?.elements ?? []) into.elements.set(name, element);
    } else if (ts.isTypeLiteralNode(node)) for (const member of node.members) this.readElement(member, into);
    else {
      const literals = (ts.isUnionTypeNode(node) ? [...node.types] : [node]).flatMap((part) =>
        ts.isLiteralTypeNode(part) && ts.isStringLiteral(part.literal) ? [part.literal.text] : [],
      );
      if (literals.length > 0) into.values = new Set(literals);
    }
  }

  private readElement(member: ts.TypeElement, into: MetadataType): void {
    if (!ts.isPropertySignature(member) || !member.type) return;
    const many = ts.isArrayTypeNode(member.type);
    const type = ts.isArrayTypeNode(member.type) ? member.type.elementType : member.type;
    into.elements.set(member.name.getText(this.file).replaceAll(/^'|'$/g, ''), {
      type: type.getText(this.file),
      many,
      required: !member.questionToken && !many,
    });
  }
}
