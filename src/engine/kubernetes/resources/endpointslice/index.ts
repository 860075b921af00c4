import { notSupported } from '../../apimachinery/field-error.ts';
import type { EndpointSlice } from '../../apimachinery/types.ts';
import { AGE, NAME, age, text } from '../common/columns.ts';
import { fill } from '../fill.ts';
import { entry } from '../strategy.ts';

const SHOWN = 3;
const TYPES = ['FQDN', 'IPv4', 'IPv6'];

export const endpointSlices = entry<EndpointSlice>('endpointslices.discovery.k8s.io', {
  columns: [NAME, text('AddressType'), text('Ports'), text('Endpoints'), AGE],
  row: (slice, context) => [
    slice.metadata.name,
    slice.addressType,
    portsText(slice.ports),
    listText(
      (slice.endpoints ?? []).flatMap(({ addresses }) => addresses),
      '<unset>',
    ),
    age(slice, context),
  ],
  defaults: (slice) =>
    slice.ports === undefined ||
    slice.ports === null ||
    slice.ports.every((port) => port.protocol !== undefined && port.name !== undefined)
      ? slice
      : { ...slice, ports: slice.ports.map((port) => fill(port, { name: '', protocol: 'TCP' })) },
  validate: (slice) =>
    TYPES.includes(slice.addressType) ? [] : [notSupported('addressType', slice.addressType ?? '', TYPES)],
});

function portsText(ports: EndpointSlice['ports'] | undefined): string {
  if (ports === undefined || ports === null || ports.length === 0) return '<unset>';
  return listText(
    ports.map(({ port, name }) => (port === undefined ? `${name ?? ''}*` : String(port))),
    '<unset>',
  );
}

function listText(items: readonly string[], none: string): string {
  if (items.length === 0) return none;
  const shown = items.slice(0, SHOWN).join(',');
  return items.length > SHOWN ? `${shown} + ${String(items.length - SHOWN)} more...` : shown;
}
