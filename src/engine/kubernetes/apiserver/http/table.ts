/** Server-side printing (kubernetes pkg/printers, meta.k8s.io Table). */
import type { JsonObject } from '../../../../protocol/plain.ts';
import type { ListMeta } from '../../apimachinery/types.ts';
import type { Column, RowContext } from '../../resources/index.ts';
import type { ResourceInfo } from '../registry.ts';
import { asApiObject } from '../selection.ts';

const COMMON: readonly Column[] = [
  { name: 'Name', type: 'string', format: 'name', description: 'Name must be unique within a namespace.' },
  {
    name: 'Created At',
    type: 'date',
    description: 'CreationTimestamp is a timestamp representing the server time when this object was created.',
  },
];
const CUSTOM: readonly Column[] = [
  { name: 'Name', type: 'string', format: 'name' },
  { name: 'Age', type: 'date' },
];

export interface TableOptions {
  readonly version: 'v1' | 'v1beta1';
  readonly includeObject: string;
  /** Column definitions are left out of all but the first table of a watch. */
  readonly headers: boolean;
}

/** A Table of objects of one resource. */
export function tableOf(
  info: ResourceInfo,
  items: readonly JsonObject[],
  metadata: Partial<ListMeta>,
  options: TableOptions,
  context: RowContext,
): JsonObject {
  const { strategy } = info;
  const columns = strategy.columns ?? (info.model === undefined ? CUSTOM : COMMON);
  return {
    kind: 'Table',
    apiVersion: `meta.k8s.io/${options.version}`,
    metadata,
    columnDefinitions: options.headers
      ? columns.map(({ name, type, format = '', description = '', priority = 0 }) => ({
          name,
          type,
          format,
          description,
          priority,
        }))
      : null,
    rows: items.map((item) => {
      const view = asApiObject(item);
      const cells = strategy.row?.(view, context) ?? [view.metadata.name, view.metadata.creationTimestamp];
      return options.includeObject === 'None'
        ? { cells, object: null }
        : { cells, object: options.includeObject === 'Object' ? item : partial(item) };
    }),
  };
}

const partial = (item: JsonObject): JsonObject => ({
  kind: 'PartialObjectMetadata',
  apiVersion: 'meta.k8s.io/v1',
  metadata: item['metadata'],
});
