import { deepEqual } from '../../apimachinery/equality.ts';
import { type FieldError, forbiddenField, invalid } from '../../apimachinery/field-error.ts';
import { isConfigMapKey } from '../../apimachinery/names.ts';
import type { ConfigMap } from '../../apimachinery/types.ts';
import { AGE, NAME, age, text } from '../common/columns.ts';
import { entry } from '../strategy.ts';

export const MAX_DATA_BYTES = 1_048_576;

export const configMaps = entry<ConfigMap>('configmaps', {
  columns: [NAME, text('Data'), AGE],
  row: (map, context) => [
    map.metadata.name,
    String(Object.keys(map.data ?? {}).length + Object.keys(map.binaryData ?? {}).length),
    age(map, context),
  ],
  validate: (map) => {
    const errors: FieldError[] = [];
    let size = 0;
    for (const [field, data] of [
      ['data', map.data],
      ['binaryData', map.binaryData],
    ] as const) {
      for (const [key, value] of Object.entries(data ?? {})) {
        for (const problem of isConfigMapKey(key)) errors.push(invalid(`${field}[${key}]`, key, problem));
        if (field === 'data' && map.binaryData?.[key] !== undefined)
          errors.push(invalid(`data[${key}]`, key, `duplicate of key present in binaryData`));
        size += value.length;
      }
    }
    if (size > MAX_DATA_BYTES)
      errors.push({
        type: 'TooLong',
        field: '',
        body: `Too long: may not be more than ${String(MAX_DATA_BYTES)} bytes`,
      });
    return errors;
  },
  validateUpdate: (map, old) => {
    if (old.immutable !== true) return [];
    const errors: FieldError[] = [];
    if (map.immutable !== true) errors.push(forbiddenField('immutable', 'field is immutable when `immutable` is set'));
    if (!deepEqual(map.data, old.data))
      errors.push(forbiddenField('data', 'field is immutable when `immutable` is set'));
    if (!deepEqual(map.binaryData, old.binaryData))
      errors.push(forbiddenField('binaryData', 'field is immutable when `immutable` is set'));
    return errors;
  },
});
