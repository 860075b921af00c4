/** Cells that several kinds print alike (kubernetes pkg/printers/internalversion). */
import { humanDuration } from '../../../../formats/duration.ts';
import { instantMs } from '../../apimachinery/instant.ts';
import { matcherOf } from '../../apimachinery/label-selector.ts';
import type { ApiObject, Container, LabelSelector, StringMap } from '../../apimachinery/types.ts';
import type { Column, RowContext } from '../strategy.ts';

export const NAME: Column = { name: 'Name', type: 'string', format: 'name' };
export const AGE: Column = { name: 'Age', type: 'string' };
export const CREATED_AT: Column = { name: 'Created At', type: 'date' };
export const text = (name: string, priority = 0): Column => ({ name, type: 'string', priority });
export const integer = (name: string, priority = 0): Column => ({ name, type: 'integer', priority });
export const SELECTOR = text('Selector', 1);

/** Time since an RFC 3339 instant as kubectl shows ages; `<unknown>` where there is none. */
export function since(time: string | null | undefined, context: RowContext): string {
  const ms = time === undefined || time === null ? undefined : instantMs(time);
  return ms === undefined ? '<unknown>' : humanDuration(context.nowMs - ms);
}
export const age = (object: ApiObject, context: RowContext): string =>
  since(object.metadata.creationTimestamp, context);

export const containerNames = (containers: readonly Container[]): string =>
  containers.map(({ name }) => name).join(',');
export const containerImages = (containers: readonly Container[]): string =>
  containers.map(({ image }) => image).join(',');

/** A label set as text; `<none>` where it is empty. */
export function labelsText(labels: StringMap | undefined): string {
  const keys = Object.keys(labels ?? {}).toSorted();
  return keys.length === 0 ? '<none>' : keys.map((key) => `${key}=${labels?.[key] ?? ''}`).join(',');
}
export function selectorText(selector: LabelSelector | undefined): string {
  if (selector === undefined) return '<none>';
  const { text: shown } = matcherOf(selector);
  return shown === '' ? '<none>' : shown;
}
