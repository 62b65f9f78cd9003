import type { ClassModel } from '../classes/model.ts';
import { isPlatformException } from '../library/platform-types.ts';
import type { Block, ConstructorNode, Expression } from '../syntax/ast.ts';
import { newExceptionState } from '../values/exception-state.ts';
import { exceptionState, systemException } from '../values/exceptions.ts';
import { Instance } from '../values/objects.ts';
import { EnumValue } from '../values/simple.ts';
import type { Value } from '../values/value.ts';
import { bindParameters, chooseOverload } from './calls.ts';
import { stacked } from './fields.ts';
import type { Run } from './run.ts';
import { newFrame } from './scopes.ts';

/** Makes an object: parents first, then field initialisers, then the constructor's body. */
export async function constructInstance(model: ClassModel, args: Value[], run: Run): Promise<Instance> {
  if (model.kind !== 'class' || model.modifiers.words.has('abstract'))
    throw systemException('TypeException', `Abstract types cannot be constructed: ${model.qualifiedName}`);
  const instance = new Instance(model);
  if (run.org.classes.isException(model)) instance.exception = newExceptionState();
  await runConstructor(model, instance, args, run);
  return instance;
}

async function runConstructor(model: ClassModel, instance: Instance, args: Value[], run: Run): Promise<void> {
  await run.staticsOf(model);
  const chosen = chooseOverload(
    model.constructors
      .filter((one) => one.parameters.length === args.length)
      .map((node) => ({ node, parameters: node.parameters, owner: model })),
    args,
    run.org,
  );
  if (chosen) return runDeclared(chosen.node, model, instance, args, run);
  const inherits = instance.exception !== null && model.constructors.length === 0;
  if (args.length > 0 && !inherits)
    throw systemException('TypeException', `Constructor not defined: [${model.qualifiedName}] with ${args.length} arguments`);
  await runParent(model, instance, inherits ? args : [], run);
  await initialiseFields(model, instance, run);
}

async function runDeclared(node: ConstructorNode, model: ClassModel, instance: Instance, args: Value[], run: Run): Promise<void> {
  const frame = newFrame(run, model, instance, '<init>', node.at);
  bindParameters(frame, node.parameters, args);
  const [first, ...rest] = node.body.statements;
  const chain = first?.kind === 'expression' && first.expression.kind === 'chain' ? first.expression : null;
  await stacked(frame, async () => {
    const passed = await Promise.all((chain?.args ?? []).map((arg: Expression) => run.evaluate(arg, frame)));
    if (chain?.target === 'this') await runConstructor(model, instance, passed, run);
    else {
      await runParent(model, instance, passed, run);
      await initialiseFields(model, instance, run);
    }
    const body: Block = chain ? { ...node.body, statements: rest } : node.body;
    await run.execute(body, frame);
  });
}

async function runParent(model: ClassModel, instance: Instance, args: Value[], run: Run): Promise<void> {
  const parent = run.org.classes.parent(model);
  if (parent && parent !== model) return runConstructor(parent, instance, args, run);
  if (model.extendsType && isPlatformException(model.extendsType.name)) fillException(instance, args);
}

/** The four constructors every exception has: nothing, message, cause, message and cause. */
function fillException(instance: Instance, args: Value[]): void {
  const state = instance.exception;
  if (!state) return;
  for (const arg of args) {
    if (typeof arg === 'string') state.message = arg;
    else if (exceptionState(arg)) state.cause = arg;
  }
}

async function initialiseFields(model: ClassModel, instance: Instance, run: Run): Promise<void> {
  const frame = newFrame(run, model, instance, '<init>', { line: model.line, column: 0 });
  for (const field of model.fields) {
    if (field.isStatic) continue;
    instance.fields.set(field.key, field.initial ? run.coerce(await run.evaluate(field.initial, frame), field.type, model) : null);
  }
  for (const block of model.initialisers) if (!block.isStatic) await run.execute(block.body, frame);
}

/** Static fields in order of the text, then static blocks; once per transaction. */
export async function initialiseStatics(model: ClassModel, run: Run): Promise<Map<string, Value>> {
  const known = run.statics.get(model);
  if (known) return known;
  const values = new Map<string, Value>();
  run.statics.set(model, values);
  const frame = newFrame(run, model, null, '<clinit>', { line: model.line, column: 0 });
  const fields = model.fields.filter((field) => field.isStatic);
  for (const field of fields) values.set(field.key, null);
  await stacked(frame, async () => {
    for (const field of fields)
      if (field.initial) values.set(field.key, run.coerce(await run.evaluate(field.initial, frame), field.type, model));
    for (const block of model.initialisers) if (block.isStatic) await run.execute(block.body, frame);
  });
  return values;
}

/** A constant of an enum of the package; null when it has no such name. */
export function enumConstant(model: ClassModel, name: string): EnumValue | null {
  const ordinal = model.enumValues.findIndex((one) => one.toLowerCase() === name.toLowerCase());
  return ordinal < 0 ? null : new EnumValue(model.qualifiedName, model.enumValues[ordinal] ?? name, ordinal);
}
