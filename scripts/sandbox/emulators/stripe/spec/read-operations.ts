import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import type { Operation, Schema } from './json-schema.ts';
import { createTypeReader } from './read-types.ts';

export interface ReadApi {
  operations: Operation[];
  eventTypes: string[];
  thinEventTypes: string[];
  schemas: Record<string, Schema>;
}

/**
 * Reads the whole API out of the installed SDK: parameter and answer types from the declarations,
 * method and path from the code beside them.
 * @param root folder `esm` of the package
 */
export function readApi(root: string): ReadApi {
  const files = declarations(path.join(root, 'resources'));
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    skipLibCheck: true,
    types: [],
  });
  const types = createTypeReader(program.getTypeChecker(), root);
  const operations = new Map<string, Operation>();

  for (const file of files) {
    const code = file.replace(/\.d\.ts$/, '.js');
    if (!existsSync(code)) continue;
    const routes = readRoutes(code);
    for (const method of methods(program.getSourceFile(file)!)) {
      const route = routes.get(method.key);
      if (!route || !/^\/(v1\/|v2\/core\/event)/.test(route.path)) continue;
      const params = method.node.parameters.find((parameter) => parameter.name.getText() === 'params');
      const key = `${route.method} ${route.path}`;
      // Overloads: the one with parameters says more.
      if (operations.has(key) && !params) continue;
      if (operations.get(key)?.params) continue;
      const { kind, type } = answer(method.node);
      operations.set(key, { ...route, kind, params: params ? types.read(params.type) : null, response: types.read(type) });
    }
  }
  const endpoints = readFileSync(path.join(root, 'resources/WebhookEndpoints.d.ts'), 'utf8');
  const words = /type EnabledEvent = ([\s\S]*?);/.exec(endpoints)?.[1]?.match(/'([^']+)'/g) ?? [];
  const eventTypes = [...new Set(words.map((word) => word.slice(1, -1)))].filter((word) => word !== '*');
  const thin = readFileSync(path.join(root, 'resources/V2/Core/Events.d.ts'), 'utf8').matchAll(/^ {4}type: '(v[12]\.[^']+)';/gm);
  const thinEventTypes = [...new Set([...thin].map((match) => match[1]!))].sort();
  return { operations: [...operations.values()], eventTypes, thinEventTypes, schemas: types.schemas };
}

function declarations(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.d.ts'))
    .sort()
    .map((name) => path.join(folder, name));
}

function* methods(source: ts.SourceFile) {
  for (const statement of source.statements) {
    if (!ts.isClassDeclaration(statement)) continue;
    for (const node of statement.members)
      if (ts.isMethodDeclaration(node)) yield { key: `${statement.name?.text}.${node.name.getText()}`, node };
  }
}

/** `Class.method` -> the first request it makes. */
function readRoutes(file: string): Map<string, { method: Operation['method']; path: string }> {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
  const routes = new Map<string, { method: Operation['method']; path: string }>();
  for (const { key, node } of methods(source)) {
    const visit = (inner: ts.Node): void => {
      if (ts.isCallExpression(inner) && inner.expression.getText().endsWith('_makeRequest') && !routes.has(key)) {
        const [method, route] = inner.arguments;
        if (method && route && ts.isStringLiteral(method))
          routes.set(key, { method: method.text as Operation['method'], path: template(route) });
      }
      inner.forEachChild(visit);
    };
    if (node.body) visit(node.body);
  }
  return routes;
}

function template(node: ts.Expression): string {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return '';
  const spans = node.templateSpans.map(
    (span) => `{${span.expression.getText().replace(/encodeURIComponent\(|\)/g, '')}}${span.literal.text}`,
  );
  return node.head.text + spans.join('');
}

function answer(method: ts.MethodDeclaration): { kind: Operation['kind']; type: ts.TypeNode | undefined } {
  if (!method.type || !ts.isTypeReferenceNode(method.type)) return { kind: 'object', type: undefined };
  const name = method.type.typeName.getText();
  let type = method.type.typeArguments?.[0];
  if (name !== 'Promise') return { kind: /Search/.test(name) ? 'search' : 'list', type };
  if (type && ts.isTypeReferenceNode(type) && type.typeName.getText() === 'Response') type = type.typeArguments?.[0];
  return { kind: 'object', type };
}
