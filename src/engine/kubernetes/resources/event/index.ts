import type { CoreEvent } from '../../apimachinery/types.ts';
import { integer, since, text } from '../common/columns.ts';
import { entry } from '../strategy.ts';
import type { RowContext } from '../strategy.ts';

export const events = entry<CoreEvent>('events', {
  columns: [
    text('Last Seen'),
    text('Type'),
    text('Reason'),
    text('Object'),
    text('Subobject', 1),
    text('Source', 1),
    text('Message'),
    text('First Seen', 1),
    integer('Count', 1),
    { name: 'Name', type: 'string', format: 'name', priority: 1 },
  ],
  row: (event, context) => {
    const { involvedObject: about, source } = event;
    const first = ago(event.firstTimestamp ?? event.eventTime, context);
    const last =
      event.lastTimestamp === undefined || event.lastTimestamp === null ? first : ago(event.lastTimestamp, context);
    const component = source?.component ?? event.reportingComponent ?? '';
    const host = source?.host ?? '';
    return [
      last,
      event.type ?? '',
      event.reason ?? '',
      about.name !== undefined && about.name !== ''
        ? `${(about.kind ?? '').toLowerCase()}/${about.name}`
        : (about.kind ?? '').toLowerCase(),
      about.fieldPath ?? '',
      host === '' ? component : `${component}, ${host}`,
      (event.message ?? '').trim(),
      first,
      event.count ?? 1,
      event.metadata.name,
    ];
  },
  fields: {
    'involvedObject.kind': (event) => event.involvedObject.kind ?? '',
    'involvedObject.namespace': (event) => event.involvedObject.namespace ?? '',
    'involvedObject.name': (event) => event.involvedObject.name ?? '',
    'involvedObject.uid': (event) => event.involvedObject.uid ?? '',
    'involvedObject.apiVersion': (event) => event.involvedObject.apiVersion ?? '',
    'involvedObject.resourceVersion': (event) => event.involvedObject.resourceVersion ?? '',
    'involvedObject.fieldPath': (event) => event.involvedObject.fieldPath ?? '',
    reason: (event) => event.reason ?? '',
    reportingComponent: (event) => event.reportingComponent ?? '',
    source: (event) => event.source?.component ?? event.reportingComponent ?? '',
    type: (event) => event.type ?? '',
  },
});

const ago = (time: string | null | undefined, context: RowContext): string => since(time, context);
