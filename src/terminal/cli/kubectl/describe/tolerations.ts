import type { JsonObject } from '../../../../protocol/plain.ts';
import { fieldAt, textAt } from '../fields.ts';

/** `node.kubernetes.io/not-ready:NoExecute op=Exists for 300s`. */
export function tolerationText(toleration: JsonObject): string {
  const value = textAt(toleration, 'value');
  const effect = textAt(toleration, 'effect');
  const operator = textAt(toleration, 'operator');
  let text = textAt(toleration, 'key');
  if (value !== '') text += `=${value}`;
  if (effect !== '') text += `:${effect}`;
  // Exists is shown where there is no value; Equal goes without saying.
  if (operator === 'Exists' && value === '') text += text === '' ? 'op=Exists' : ' op=Exists';
  if (fieldAt(toleration, 'tolerationSeconds') !== undefined)
    text += ` for ${textAt(toleration, 'tolerationSeconds')}s`;
  return text;
}
