import path from 'node:path';
import ts from 'typescript';
import type { Schema } from './json-schema.ts';

/** Turns type nodes of the SDK's declarations into schemas and collects the named ones. */
export interface TypeReader {
  schemas: Record<string, Schema>;
  read(node: ts.TypeNode | undefined): Schema;
}

/** Types whose meaning on the wire is not their TypeScript shape. */
const WIRE_TYPES: Record<string, (read: TypeReader['read'], type: ts.TypeNode | undefined) => Schema> = {
  Array: (read, type) => ({ type: 'array', items: read(type) }),
  Emptyable: (read, type) => ({ anyOf: [read(type), { type: 'null' }, { const: '' }] }),
  OtherString: () => ({ open: true }),
  Decimal: () => ({ type: 'string', format: 'decimal' }),
  Metadata: () => ({ type: 'object', additionalProperties: { type: 'string' } }),
  MetadataParam: () => ({ type: 'object', additionalProperties: { type: ['string', 'number', 'null'] } }),
  ApiList: (read, type) => ({
    type: 'object',
    required: ['object', 'data', 'has_more', 'url'],
    properties: {
      object: { const: 'list' },
      data: { type: 'array', items: read(type) },
      has_more: { type: 'boolean' },
      url: { type: 'string' },
      total_count: { type: 'number' },
    },
  }),
  Partial: () => ({}),
};

/** @param root folder `esm` of the package */
export function createTypeReader(checker: ts.TypeChecker, root: string): TypeReader {
  const schemas: Record<string, Schema> = {};

  const named = (declaration: ts.Declaration) => {
    const parts: string[] = [];
    for (let node: ts.Node = declaration; !ts.isSourceFile(node); node = node.parent) {
      if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isModuleDeclaration(node)) parts.unshift(node.name.text);
    }
    const relative = path.relative(path.join(root, 'resources'), declaration.getSourceFile().fileName);
    const folder = path.dirname(relative);
    const prefix = relative.startsWith('..') || folder === '.' ? '' : `${folder.replaceAll(path.sep, '.')}.`;
    return prefix + parts.join('.');
  };

  const resolve = (name: ts.EntityName | ts.Expression) => {
    const symbol = checker.getSymbolAtLocation(name);
    return symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  };

  const members = (list: ts.NodeArray<ts.TypeElement>): Schema => {
    const schema: Schema = { type: 'object', properties: {} };
    const required: string[] = [];
    for (const member of list) {
      if (ts.isPropertySignature(member)) {
        const name = ts.isIdentifier(member.name) || ts.isStringLiteral(member.name) ? member.name.text : member.name.getText();
        schema.properties![name] = read(member.type);
        if (!member.questionToken) required.push(name);
      } else if (ts.isIndexSignatureDeclaration(member)) {
        schema.additionalProperties = read(member.type);
      }
    }
    if (required.length) schema.required = required;
    return schema;
  };

  const inherit = (schema: Schema, declaration: ts.InterfaceDeclaration) => {
    for (const parent of (declaration.heritageClauses ?? []).flatMap((clause) => clause.types)) {
      const found = resolve(parent.expression)?.declarations?.find(ts.isInterfaceDeclaration);
      if (!found) continue;
      const base = members(found.members);
      schema.properties = { ...base.properties, ...schema.properties };
      const required = [...new Set([...(base.required ?? []), ...(schema.required ?? [])])];
      if (required.length) schema.required = required;
    }
  };

  const declare = (declaration: ts.InterfaceDeclaration | ts.TypeAliasDeclaration): Schema => {
    const name = named(declaration);
    if (!schemas[name]) {
      const schema: Schema = (schemas[name] = {});
      if (ts.isTypeAliasDeclaration(declaration)) Object.assign(schema, read(declaration.type));
      else {
        Object.assign(schema, members(declaration.members));
        inherit(schema, declaration);
      }
    }
    return { $ref: name };
  };

  const union = (types: Schema[]): Schema => {
    const isOpen = (schema: Schema) => Object.keys(schema).length === 1 && schema.open === true;
    const words = types.filter((schema) => typeof schema.const === 'string').map((schema) => schema.const as string);
    const rest = types.filter((schema) => typeof schema.const !== 'string' && !isOpen(schema));
    const choices: Schema[] = [];
    if (words.length) choices.push({ type: 'string', enum: words, ...(types.some(isOpen) ? { open: true as const } : {}) });
    choices.push(...rest);
    return choices.length === 1 ? choices[0]! : { anyOf: choices };
  };

  const literal = ({ literal: value }: ts.LiteralTypeNode): Schema => {
    if (value.kind === ts.SyntaxKind.NullKeyword) return { type: 'null' };
    if (value.kind === ts.SyntaxKind.TrueKeyword) return { const: true };
    if (value.kind === ts.SyntaxKind.FalseKeyword) return { const: false };
    if (ts.isNumericLiteral(value)) return { const: Number(value.text) };
    return ts.isStringLiteral(value) ? { const: value.text } : {};
  };

  const read = (node: ts.TypeNode | undefined): Schema => {
    if (!node) return {};
    if (node.kind === ts.SyntaxKind.StringKeyword) return { type: 'string' };
    if (node.kind === ts.SyntaxKind.NumberKeyword) return { type: 'number' };
    if (node.kind === ts.SyntaxKind.BooleanKeyword) return { type: 'boolean' };
    if (ts.isParenthesizedTypeNode(node)) return read(node.type);
    if (ts.isLiteralTypeNode(node)) return literal(node);
    if (ts.isArrayTypeNode(node)) return { type: 'array', items: read(node.elementType) };
    if (ts.isUnionTypeNode(node)) return union(node.types.map(read));
    if (ts.isTypeLiteralNode(node)) return members(node.members);
    if (ts.isIntersectionTypeNode(node)) return { allOf: node.types.map(read) };
    if (!ts.isTypeReferenceNode(node)) return {};
    const wire = WIRE_TYPES[node.typeName.getText().split('.').pop()!];
    if (wire) return wire(read, node.typeArguments?.[0]);
    const declaration = resolve(node.typeName)?.declarations?.find(
      (found) => ts.isInterfaceDeclaration(found) || ts.isTypeAliasDeclaration(found),
    );
    return declaration ? declare(declaration as ts.InterfaceDeclaration | ts.TypeAliasDeclaration) : {};
  };

  return { schemas, read };
}
