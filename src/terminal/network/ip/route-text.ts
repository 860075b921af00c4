/** One route as `ip route` writes it. */
import type { Plain } from '../../../protocol/plain.ts';
import type { KernelRecord } from '../../system/kernel/kernel-data.ts';
import { paint, type IpCall } from './call.ts';
import { MAIN_TABLE, tableName } from './routing-tables.ts';

/** `default via … dev … proto … scope … src … metric …`, each word with a blank after it. */
export function routeText(
  route: KernelRecord,
  options: Pick<IpCall, 'process' | 'details' | 'flavour' | 'color'> & {
    /** Those of every table are shown. */
    readonly table: boolean;
    readonly told: ReadonlySet<string>;
  },
): string {
  const shows = (member: string): boolean => route.has(member) && !options.told.has(member);
  const type = route.text('type');
  const protocol = route.text('protocol');
  const scope = route.text('scope');
  const metric = route.number('metric');
  const busybox = options.flavour === 'busybox';
  const word = (text: string, what?: 'inet' | 'name'): string => paint(options, what, `${text} `);
  const inet = (member: string): string => word(route.text(member), 'inet');
  return [
    type === 'unicast' ? (options.details ? word('unicast') : '') : word(type),
    inet('destination'),
    shows('via') ? word('via') + inet('via') : '',
    shows('device') ? word('dev') + word(route.text('device'), 'name') : '',
    options.table && route.number('table') !== MAIN_TABLE
      ? word(`table ${tableName(options.process, route.number('table'))}`)
      : '',
    !shows('protocol') || protocol === '' || busybox || (protocol === 'boot' && !options.details)
      ? ''
      : word(`proto ${protocol}`),
    !shows('scope') || scope === '' || (scope === 'global' && !options.details) ? '' : word(`scope ${scope}`),
    shows('source') ? word(busybox ? ' src' : 'src') + inet('source') : '',
    metric === 0 || options.told.has('metric') ? '' : word(`metric ${String(metric)}`),
    route.flag('onlink') ? word('onlink') : '',
    route.flag('linkDown') ? word('linkdown') : '',
  ].join('');
}

export function routeJson(route: KernelRecord): Plain {
  const type = route.text('type');
  const scope = route.text('scope');
  const metric = route.number('metric');
  return {
    ...(type === 'unicast' ? {} : { type }),
    dst: route.text('destination'),
    ...(route.has('via') ? { gateway: route.text('via') } : {}),
    ...(route.has('device') ? { dev: route.text('device') } : {}),
    ...(route.text('protocol') === 'boot' || route.text('protocol') === '' ? {} : { protocol: route.text('protocol') }),
    ...(scope === 'global' || scope === '' ? {} : { scope }),
    ...(route.has('source') ? { prefsrc: route.text('source') } : {}),
    ...(metric === 0 ? {} : { metric }),
    flags: [...(route.flag('onlink') ? ['onlink'] : []), ...(route.flag('linkDown') ? ['linkdown'] : [])],
  };
}
