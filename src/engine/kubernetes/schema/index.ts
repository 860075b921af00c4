/**
 * The Kubernetes API's types as data, generated from the pinned client package.
 * Models: every built-in kind and field with type, format, list and map shape, required fields, patch strategies,
 * resources with verbs, subresources, short names and categories, and the reference texts.
 * Leaves out: defaults, validation beyond types, and table columns, which `resources/` adds kind by kind.
 */
export { type Field, type Model, type ScalarType, modelNames, typeOf } from './model-text.ts';
export { type Resource, type Subresource, allResources, kindOf, resourceOf, servedResources } from './resource-text.ts';
export { type PatchFact, mergeKey } from './patch-facts.ts';
export { GROUP_ORDER } from './group-order.ts';
export { SCHEMA_RELEASE } from './generated/version.ts';

/** Loads the reference texts, which are large and needed only by `explain` and the editor. */
export async function loadDescriptions(): Promise<(model: string, field?: string) => string> {
  const { describeInText } = await import('./description-text.ts');
  return describeInText;
}

/** The reference text of a model's field, or of the model itself; empty where upstream has none. Loads the texts. */
export async function describeField(model: string, field?: string): Promise<string> {
  return (await loadDescriptions())(model, field);
}
