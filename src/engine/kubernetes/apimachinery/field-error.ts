/** Validation errors of fields (kubernetes apimachinery/pkg/util/validation/field). */
import { type FailureStatus, type StatusCause, failure, groupResource } from './status.ts';

export type FieldErrorType =
  | 'Required'
  | 'Invalid'
  | 'NotSupported'
  | 'Duplicate'
  | 'Forbidden'
  | 'NotFound'
  | 'TooLong'
  | 'TooMany'
  | 'TypeInvalid';
export interface FieldError {
  readonly type: FieldErrorType;
  readonly field: string;
  /** Message without the field. */
  readonly body: string;
}
export type FieldErrors = readonly FieldError[];
export const NO_ERRORS: FieldErrors = [];

const withDetail = (text: string, detail: string): string => (detail === '' ? text : `${text}: ${detail}`);

/** A value as upstream prints it: text quoted as Go does, everything else as JSON. */
const shown = (value: unknown): string => (value === undefined || value === null ? 'null' : JSON.stringify(value));

export const required = (field: string, detail = ''): FieldError => ({
  type: 'Required',
  field,
  body: withDetail('Required value', detail),
});
export const invalid = (field: string, value: unknown, detail: string): FieldError => ({
  type: 'Invalid',
  field,
  body: withDetail(`Invalid value: ${shown(value)}`, detail),
});
export const notSupported = (field: string, value: unknown, supported: readonly string[]): FieldError => ({
  type: 'NotSupported',
  field,
  body: withDetail(
    `Unsupported value: ${shown(value)}`,
    supported.length === 0 ? '' : `supported values: ${supported.map((text) => JSON.stringify(text)).join(', ')}`,
  ),
});
export const duplicate = (field: string, value: unknown): FieldError => ({
  type: 'Duplicate',
  field,
  body: `Duplicate value: ${shown(value)}`,
});
export const forbiddenField = (field: string, detail: string): FieldError => ({
  type: 'Forbidden',
  field,
  body: withDetail('Forbidden', detail),
});
export const notFoundField = (field: string, value: unknown): FieldError => ({
  type: 'NotFound',
  field,
  body: `Not found: ${shown(value)}`,
});
export const tooLong = (field: string, maxBytes: number): FieldError => ({
  type: 'TooLong',
  field,
  body: `Too long: may not be more than ${String(maxBytes)} bytes`,
});

const REASONS: Readonly<Record<FieldErrorType, string>> = {
  Required: 'FieldValueRequired',
  Invalid: 'FieldValueInvalid',
  NotSupported: 'FieldValueNotSupported',
  Duplicate: 'FieldValueDuplicate',
  Forbidden: 'FieldValueForbidden',
  NotFound: 'FieldValueNotFound',
  TooLong: 'FieldValueTooLong',
  TooMany: 'FieldValueTooMany',
  TypeInvalid: 'FieldValueTypeInvalid',
};

export const fieldErrorText = ({ field, body }: FieldError): string => `${field}: ${body}`;

/** 422 that names every field at once. */
export function invalidObject(kind: string, group: string, name: string, errors: FieldErrors): FailureStatus {
  const texts = [...new Set(errors.map(fieldErrorText))];
  const all = texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`;
  const causes: StatusCause[] = errors.map(({ type, field, body }) => ({
    reason: REASONS[type],
    message: body,
    field,
  }));
  return failure('Invalid', `${groupResource(kind, group)} "${name}" is invalid: ${all}`, {
    ...(name === '' ? {} : { name }),
    ...(group === '' ? {} : { group }),
    kind,
    causes,
  });
}

/** Path of a list element: `spec.containers[0]`. */
export const at = (path: string, index: number): string => `${path}[${String(index)}]`;
/** Path of a map's key: `metadata.labels[app]`… as upstream prints keys. */
export const keyed = (path: string, key: string): string => `${path}[${key}]`;
export const IMMUTABLE = 'field is immutable';
