/**
 * Tables that the server made, printed as kubectl prints them.
 * Facts: cli-runtime pkg/printers tableprinter.go, kubectl pkg/cmd/get.
 */
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { goValue } from '../../../formats/go-syntax.ts';
import { isJsonObject } from '../../../formats/json.ts';
import { fieldAt, formatLabels, mapAt, numberAt, objectAt, objectsAt, textAt } from './fields.ts';

export const TABLE_ACCEPT =
  'application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json';

export interface TableOptions {
  readonly wide: boolean;
  readonly noHeaders: boolean;
  readonly withNamespace: boolean;
  /** `pod` or `deployment.apps`, put in front of names. */
  readonly kindPrefix?: string;
  readonly labelColumns: readonly string[];
  readonly showLabels: boolean;
  /** ADDED, MODIFIED, DELETED in front of rows. */
  readonly event?: string;
}

/** Lines of cells with tabs between, header first unless it is not wanted. */
export function tableLines(table: JsonObject, options: TableOptions, withHeader: boolean): string {
  const columns = objectsAt(table, 'columnDefinitions');
  const shown = columns.flatMap((column, index) => (options.wide || numberAt(column, 'priority') === 0 ? [index] : []));
  let out = '';
  if (withHeader && !options.noHeaders) out += `${headerCells(columns, shown, options).join('\t')}\n`;
  for (const row of objectsAt(table, 'rows')) out += `${rowCells(row, shown, options).join('\t')}\n`;
  return out;
}

function headerCells(columns: readonly JsonObject[], shown: readonly number[], options: TableOptions): string[] {
  return [
    ...(options.event === undefined ? [] : ['EVENT']),
    ...(options.withNamespace ? ['NAMESPACE'] : []),
    ...shown.map((index) => textAt(columns[index], 'name').toUpperCase()),
    ...options.labelColumns.map((label) => (label.split('/').at(-1) ?? label).toUpperCase()),
    ...(options.showLabels ? ['LABELS'] : []),
  ];
}

function rowCells(row: JsonObject, shown: readonly number[], options: TableOptions): string[] {
  const metadata = objectAt(row, 'object', 'metadata');
  const labels = mapAt(metadata, 'labels');
  const cells = Array.isArray(row['cells']) ? (row['cells'] as readonly JsonValue[]) : [];
  return [
    ...(options.event === undefined ? [] : [options.event]),
    ...(options.withNamespace ? [textAt(metadata, 'namespace')] : []),
    ...shown.map((index, position) => {
      const text = cellText(cells[index]);
      return position === 0 && options.kindPrefix !== undefined ? `${options.kindPrefix}/${text}` : text;
    }),
    ...options.labelColumns.map((label) => labels[label] ?? ''),
    ...(options.showLabels ? [formatLabels(labels)] : []),
  ];
}

function cellText(cell: JsonValue): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell !== 'string') return goValue(cell);
  const end = cell.search(/[\f\n\r]/);
  return end < 0 ? cell : `${cell.slice(0, end)}...`;
}

/** A plain object as a table of name and age, where the server made none. */
export function asTable(answer: JsonObject, ageOf: (timestamp: string) => string): JsonObject {
  if (answer['kind'] === 'Table') return answer;
  const items = Array.isArray(answer['items']) ? objectsAt(answer, 'items') : [answer];
  return {
    kind: 'Table',
    metadata: objectAt(answer, 'metadata'),
    columnDefinitions: [
      { name: 'Name', priority: 0 },
      { name: 'Age', priority: 0 },
    ],
    rows: items.map((object) => ({
      cells: [textAt(object, 'metadata', 'name'), ageOf(textAt(object, 'metadata', 'creationTimestamp'))],
      object,
    })),
  };
}

/** True if a value is there at all. */
export const hasField = (value: JsonValue, ...path: readonly string[]): boolean =>
  isJsonObject(value) && fieldAt(value, ...path) !== undefined;
