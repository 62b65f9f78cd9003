import type {
  ClassBodyDeclarationContext,
  ClassDeclarationContext,
  EnumDeclarationContext,
  InterfaceDeclarationContext,
  ModifierContext,
  TypeDeclarationContext,
} from '@apexdevtools/apex-parser';
import type { ClassNode, Modifiers } from './ast.ts';
import { lowerConstructor, lowerFields, lowerInterfaceMethod, lowerMethod, lowerProperty } from './lower-members.ts';
import { lowerModifiers } from './lower-modifiers.ts';
import { lowerTypeRef } from './lower-types.ts';
import type { Lowering } from './lowering.ts';
import { at } from './positions.ts';
import type { Placed } from './positions.ts';

/** A class, interface or enum of its own file. */
export function lowerType(context: TypeDeclarationContext, lowering: Lowering): ClassNode {
  return lowerDeclared(context, context.modifier_list(), lowering);
}

interface Declared extends Placed {
  classDeclaration(): ClassDeclarationContext;
  enumDeclaration(): EnumDeclarationContext;
  interfaceDeclaration(): InterfaceDeclarationContext;
}

function lowerDeclared(context: Declared, words: ModifierContext[], lowering: Lowering): ClassNode {
  const modifiers = lowerModifiers(words, lowering);
  if (context.classDeclaration()) return lowerClass(context.classDeclaration(), modifiers, lowering);
  if (context.enumDeclaration()) return lowerEnum(context.enumDeclaration(), modifiers);
  return lowerInterface(context.interfaceDeclaration(), modifiers, lowering);
}

const empty = (kind: ClassNode['kind'], name: string, modifiers: Modifiers, context: Placed): ClassNode => ({
  kind,
  name,
  modifiers,
  extendsType: null,
  implementsTypes: [],
  fields: [],
  methods: [],
  constructors: [],
  initialisers: [],
  inner: [],
  enumValues: [],
  at: at(context),
});

function lowerClass(context: ClassDeclarationContext, modifiers: Modifiers, lowering: Lowering): ClassNode {
  const node = empty('class', context.id().getText(), modifiers, context);
  if (context.typeRef()) node.extendsType = lowerTypeRef(context.typeRef());
  node.implementsTypes = context.typeList()?.typeRef_list().map(lowerTypeRef) ?? [];
  for (const declaration of context.classBody().classBodyDeclaration_list()) lowerDeclaration(declaration, node, lowering);
  return node;
}

function lowerDeclaration(context: ClassBodyDeclarationContext, node: ClassNode, lowering: Lowering): void {
  if (context.block()) {
    node.initialisers.push({ isStatic: Boolean(context.STATIC()), body: lowering.block(context.block()) });
    return;
  }
  const member = context.memberDeclaration();
  if (!member) return;
  const modifiers = lowerModifiers(context.modifier_list(), lowering);
  if (member.methodDeclaration()) node.methods.push(lowerMethod(member.methodDeclaration(), modifiers, lowering));
  else if (member.fieldDeclaration()) node.fields.push(...lowerFields(member.fieldDeclaration(), modifiers, lowering));
  else if (member.propertyDeclaration()) node.fields.push(lowerProperty(member.propertyDeclaration(), modifiers, lowering));
  else if (member.constructorDeclaration()) node.constructors.push(lowerConstructor(member.constructorDeclaration(), modifiers, lowering));
  else node.inner.push(lowerDeclared(member, context.modifier_list(), lowering));
}

function lowerInterface(context: InterfaceDeclarationContext, modifiers: Modifiers, lowering: Lowering): ClassNode {
  const node = empty('interface', context.id().getText(), modifiers, context);
  node.implementsTypes = context.typeList()?.typeRef_list().map(lowerTypeRef) ?? [];
  node.methods = context
    .interfaceBody()
    .interfaceMethodDeclaration_list()
    .map((method) => lowerInterfaceMethod(method, lowering));
  return node;
}

function lowerEnum(context: EnumDeclarationContext, modifiers: Modifiers): ClassNode {
  const node = empty('enum', context.id().getText(), modifiers, context);
  node.enumValues =
    context
      .enumConstants()
      ?.id_list()
      .map((id) => id.getText()) ?? [];
  return node;
}
