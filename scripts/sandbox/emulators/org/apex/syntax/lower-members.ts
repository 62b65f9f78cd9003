import type {
  ConstructorDeclarationContext,
  FieldDeclarationContext,
  FormalParametersContext,
  InterfaceMethodDeclarationContext,
  MethodDeclarationContext,
  PropertyDeclarationContext,
} from '@apexdevtools/apex-parser';
import type { ConstructorNode, FieldNode, MethodNode, Modifiers, Parameter } from './ast.ts';
import { lowerModifiers } from './lower-modifiers.ts';
import { lowerTypeRef } from './lower-types.ts';
import type { Lowering } from './lowering.ts';
import { at } from './positions.ts';

const lowerParameters = (context: FormalParametersContext): Parameter[] =>
  context
    .formalParameterList()
    ?.formalParameter_list()
    .map((one) => ({ name: one.id().getText(), type: lowerTypeRef(one.typeRef()) })) ?? [];

export function lowerMethod(context: MethodDeclarationContext, modifiers: Modifiers, lowering: Lowering): MethodNode {
  const method: MethodNode = {
    name: context.id().getText(),
    modifiers,
    returns: context.typeRef() ? lowerTypeRef(context.typeRef()) : null,
    parameters: lowerParameters(context.formalParameters()),
    body: context.block() ? lowering.block(context.block()) : null,
    at: at(context),
  };
  refuseOwnIdentity(method, lowering);
  return method;
}

/** Sets and maps here compare objects by their fields' identity, never by a class's own equals and hashCode. */
function refuseOwnIdentity(method: MethodNode, lowering: Lowering): void {
  const name = method.name.toLowerCase();
  if ((name === 'hashcode' && method.parameters.length === 0) || (name === 'equals' && method.parameters.length === 1))
    lowering.unsupported(method.at, `A class with its own ${method.name}()`);
}

export function lowerInterfaceMethod(context: InterfaceMethodDeclarationContext, lowering: Lowering): MethodNode {
  return {
    name: context.id().getText(),
    modifiers: lowerModifiers(context.modifier_list(), lowering),
    returns: context.typeRef() ? lowerTypeRef(context.typeRef()) : null,
    parameters: lowerParameters(context.formalParameters()),
    body: null,
    at: at(context),
  };
}

export function lowerConstructor(context: ConstructorDeclarationContext, modifiers: Modifiers, lowering: Lowering): ConstructorNode {
  return { modifiers, parameters: lowerParameters(context.formalParameters()), body: lowering.block(context.block()), at: at(context) };
}

export function lowerFields(context: FieldDeclarationContext, modifiers: Modifiers, lowering: Lowering): FieldNode[] {
  const type = lowerTypeRef(context.typeRef());
  return context
    .variableDeclarators()
    .variableDeclarator_list()
    .map((one) => ({
      name: one.id().getText(),
      type,
      modifiers,
      initial: one.expression() ? lowering.expression(one.expression()) : null,
      accessors: null,
      at: at(one),
    }));
}

export function lowerProperty(context: PropertyDeclarationContext, modifiers: Modifiers, lowering: Lowering): FieldNode {
  const accessors: NonNullable<FieldNode['accessors']> = {};
  for (const one of context.propertyBlock_list()) {
    const getter = one.getter();
    const setter = one.setter();
    if (getter) accessors.get = getter.block() ? lowering.block(getter.block()) : null;
    if (setter) accessors.set = setter.block() ? lowering.block(setter.block()) : null;
  }
  return { name: context.id().getText(), type: lowerTypeRef(context.typeRef()), modifiers, initial: null, accessors, at: at(context) };
}
