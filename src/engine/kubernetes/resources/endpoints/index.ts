import type { EndpointSubset, Endpoints } from '../../apimachinery/types.ts';
import { AGE, NAME, age, text } from '../common/columns.ts';
import { each, fill, over } from '../fill.ts';
import { entry } from '../strategy.ts';

const SHOWN = 3;

export const endpoints = entry<Endpoints>('endpoints', {
  columns: [NAME, text('Endpoints'), AGE],
  row: (object, context) => [object.metadata.name, endpointsText(object.subsets), age(object, context)],
  defaults: (object) =>
    over(
      object,
      'subsets',
      each((subset: EndpointSubset) =>
        over(
          subset,
          'ports',
          each((port) => fill(port, { protocol: 'TCP' })),
        ),
      ),
    ),
});

/** `10.244.1.2:80,10.244.2.3:80 + 1 more...` */
export function endpointsText(subsets: readonly EndpointSubset[] | undefined): string {
  if (subsets === undefined || subsets.length === 0) return '<none>';
  const all = subsets.flatMap(({ ports = [], addresses = [] }) =>
    ports.length === 0
      ? addresses.map(({ ip }) => ip)
      : ports.flatMap(({ port }) => addresses.map(({ ip }) => `${ip}:${String(port)}`)),
  );
  if (all.length === 0) return '';
  const shown = all.slice(0, SHOWN).join(',');
  return all.length > SHOWN ? `${shown} + ${String(all.length - SHOWN)} more...` : shown;
}
