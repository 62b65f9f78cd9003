import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { ClassNode } from '../syntax/ast.ts';
import { annotation } from '../syntax/lower-modifiers.ts';
import { parseOnce } from '../syntax/parse-once.ts';
import type { Problem } from '../syntax/problems.ts';
import type { ClassModel, FieldModel, MethodModel } from './model.ts';

export interface LoadedClasses {
  /** Top-level types by lower-case name. */
  classes: Map<string, ClassModel>;
  problems: Problem[];
}

/** Reads every `.cls` below the folders. Files are named relative to the current folder in problems and traces. */
export function loadClasses(folders: string[]): LoadedClasses {
  const classes = new Map<string, ClassModel>();
  const problems: Problem[] = [];
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const full = path.join(entry.parentPath, entry.name);
      const file = path.relative(process.cwd(), full);
      if (entry.isFile() && entry.name.endsWith('.trigger'))
        problems.push({ file, line: 1, message: 'Triggers are not supported by the local org' });
      if (!entry.isFile() || !entry.name.endsWith('.cls')) continue;
      const parsed = parseOnce(file, readFileSync(full, 'utf8'));
      problems.push(...parsed.problems);
      if (parsed.type) classes.set(parsed.type.name.toLowerCase(), modelOf(parsed.type, null, file));
    }
  }
  return { classes, problems };
}

export function modelOf(node: ClassNode, outer: ClassModel | null, file: string): ClassModel {
  const model: ClassModel = {
    kind: node.kind,
    name: node.name,
    qualifiedName: outer ? `${outer.qualifiedName}.${node.name}` : node.name,
    outer,
    inner: new Map(),
    modifiers: node.modifiers,
    extendsType: node.extendsType,
    implementsTypes: node.implementsTypes,
    fields: [],
    fieldByName: new Map(),
    methods: new Map(),
    constructors: node.constructors,
    initialisers: node.initialisers,
    enumValues: node.enumValues,
    isTest: Boolean(annotation(node.modifiers, 'istest')) || (outer?.isTest ?? false),
    file,
    line: node.at.line,
  };
  for (const field of node.fields) addField(model, field);
  for (const method of node.methods) addMethod(model, method);
  for (const inner of node.inner) model.inner.set(inner.name.toLowerCase(), modelOf(inner, model, file));
  return model;
}

function addField(model: ClassModel, node: ClassNode['fields'][number]): void {
  const field: FieldModel = {
    name: node.name,
    key: node.name.toLowerCase(),
    type: node.type,
    isStatic: node.modifiers.words.has('static'),
    isFinal: node.modifiers.words.has('final'),
    initial: node.initial,
    accessors: node.accessors,
    modifiers: node.modifiers,
    owner: model,
  };
  model.fields.push(field);
  model.fieldByName.set(field.key, field);
}

function addMethod(model: ClassModel, node: ClassNode['methods'][number]): void {
  const method: MethodModel = { name: node.name, isStatic: node.modifiers.words.has('static'), node, body: node.body, owner: model };
  const key = node.name.toLowerCase();
  model.methods.set(key, [...(model.methods.get(key) ?? []), method]);
}
