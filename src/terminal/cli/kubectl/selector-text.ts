/** Selectors as people write them, as objects. */
import { parseLabelSelector } from '../../../engine/kubernetes/apimachinery/label-selector.ts';
import type { JsonObject } from '../../../protocol/plain.ts';

const OPERATORS: Readonly<Record<string, string>> = {
  in: 'In',
  notin: 'NotIn',
  exists: 'Exists',
  '!': 'DoesNotExist',
  '!=': 'NotIn',
};

/** A LabelSelector object of `a=b,c in (d)`; the message where it is malformed. */
export function selectorObject(text: string): JsonObject | string {
  const parsed = parseLabelSelector(text);
  if ('error' in parsed) return parsed.error;
  const matchLabels: Record<string, string> = {};
  const matchExpressions: JsonObject[] = [];
  for (const { key, operator, values } of parsed.requirements) {
    if (operator === '=' || operator === '==') matchLabels[key] = values[0] ?? '';
    else
      matchExpressions.push({
        key,
        operator: OPERATORS[operator] ?? operator,
        ...(values.length === 0 ? {} : { values }),
      });
  }
  return {
    ...(Object.keys(matchLabels).length === 0 ? {} : { matchLabels }),
    ...(matchExpressions.length === 0 ? {} : { matchExpressions }),
  };
}

export const isFailureText = (value: JsonObject | string): value is string => typeof value === 'string';

/** `a=b,c=d` as a map; undefined where a part is no pair. */
export function pairsOf(text: string): Record<string, string> | undefined {
  const out: Record<string, string> = {};
  for (const part of text.split(',')) {
    const [key = '', value, more] = part.split('=');
    if (value === undefined || more !== undefined || key === '') return undefined;
    out[key] = value;
  }
  return out;
}
