import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { type FieldRequirement, fieldsMatch, parseFieldSelector } from '../apimachinery/field-selector.ts';
import { EVERYTHING, type LabelMatcher, parseLabelSelector } from '../apimachinery/label-selector.ts';
import { type FailureStatus, badRequest } from '../apimachinery/status.ts';
import type { ApiObject } from '../apimachinery/types.ts';
import type { ResourceInfo } from './registry.ts';

/** What a list or watch selects within a resource. */
export interface Selection {
  readonly namespace: string;
  readonly labels: LabelMatcher;
  readonly fields: readonly FieldRequirement[];
  /** True where every object of the namespace is wanted. */
  readonly all: boolean;
  matches(object: JsonObject): boolean;
}

/** Reads both selectors; BadRequest with upstream's texts where one is malformed or names a field without an index. */
export function selectionOf(
  info: ResourceInfo,
  namespace: string,
  labelSelector = '',
  fieldSelector = '',
): Selection | FailureStatus {
  const labels = labelSelector === '' ? EVERYTHING : parseLabelSelector(labelSelector);
  if ('error' in labels) return badRequest(labels.error);
  const fields = fieldSelector === '' ? [] : parseFieldSelector(fieldSelector);
  if ('error' in fields) return badRequest(fields.error);
  const extra = info.strategy.fields ?? {};
  for (const { field } of fields) {
    if (field !== 'metadata.name' && field !== 'metadata.namespace' && extra[field] === undefined) {
      return badRequest(
        info.model !== undefined && info.strategy.fields !== undefined
          ? `field label not supported: ${field}`
          : `"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`,
      );
    }
  }
  const matches = (object: JsonObject): boolean => {
    const view = asApiObject(object);
    if (!labels.empty && !labels.matches(view.metadata.labels)) return false;
    return fields.length === 0 || fieldsMatch(fields, (field) => fieldText(view, field, extra));
  };
  return { namespace, labels, fields, all: labels.empty && fields.length === 0, matches };
}

function fieldText(
  object: ApiObject,
  field: string,
  extra: Readonly<Record<string, (object: ApiObject) => string>>,
): string {
  if (field === 'metadata.name') return object.metadata.name;
  if (field === 'metadata.namespace') return object.metadata.namespace ?? '';
  return extra[field]?.(object) ?? '';
}

/** A stored object seen as one: it has passed the schema check, so the view's members have their types. */
export const asApiObject = (object: JsonObject): ApiObject => object as unknown as ApiObject;
/** A view as the JSON it is. */
export const asJson = (object: object): JsonObject => object as JsonObject;

/** A member that is an object, or undefined. */
export const objectAt = (object: JsonObject, key: string): JsonObject | undefined => {
  const value = object[key];
  return isObject(value) ? value : undefined;
};
export const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
