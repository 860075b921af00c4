/** Lines of `ip link` and `ip address`. */
import type { LinkFacts } from '../rtnetlink/link-facts.ts';
import { flagsOf, fullName, queueDiscipline, stateOf } from '../rtnetlink/link-facts.ts';
import { paint, type IpCall } from './call.ts';
import { detailsText } from './link-details.ts';

export interface LinkSurroundings {
  readonly links: readonly LinkFacts[];
  readonly namespaceNumbers: ReadonlyMap<number, number>;
  readonly namespaceNames: ReadonlyMap<number, string>;
}

type TextCall = Pick<IpCall, 'color' | 'details' | 'flavour'>;

/** UP and DOWN have a colour, the others none. */
export const stateColor = (state: string): 'up' | 'down' | undefined =>
  state === 'UP' ? 'up' : state === 'DOWN' ? 'down' : undefined;

/** `2: eth0: <…> mtu 1500 … qlen 1000`, in the form that `ip link` (with its mode) or `ip address` uses. */
export function headLine(call: TextCall, link: LinkFacts, form: 'link' | 'address'): string {
  const name = stateOf(link);
  const state = `state ${paint(call, stateColor(name), `${name} `)}${form === 'link' ? 'mode DEFAULT ' : ''}group default `;
  return `${String(link.index)}: ${paint(call, 'name', `${fullName(link)}: `)}<${flagsOf(link).join(',')}> mtu ${String(link.mtu)} qdisc ${queueDiscipline(link)} ${link.master === undefined ? '' : `master ${link.master} `}${call.flavour === 'busybox' ? '' : state}${link.queueLength === 0 ? '' : `qlen ${String(link.queueLength)}`}`;
}

export function hardwareLine(
  call: TextCall,
  link: LinkFacts,
  { namespaceNumbers, namespaceNames, links }: LinkSurroundings,
): string {
  const kind = link.kind === 'loopback' ? 'loopback' : 'ether';
  const broadcast = link.kind === 'loopback' ? '00:00:00:00:00:00' : 'ff:ff:ff:ff:ff:ff';
  const away = link.peer !== undefined && link.peer.name === undefined ? link.peer.netns : undefined;
  const name = away === undefined ? undefined : namespaceNames.get(away);
  const where =
    away === undefined
      ? ''
      : name === undefined
        ? ` link-netnsid ${String(namespaceNumbers.get(away) ?? 0)}`
        : ` link-netns ${name}`;
  return `    link/${kind} ${paint(call, 'mac', link.mac)} brd ${paint(call, 'mac', broadcast)}${where}${call.details ? detailsText(link, links) : ''}`;
}

/** Counters with -s; columns grow with their numbers. */
export function counterLines(link: LinkFacts, errors: boolean): readonly string[] {
  const of = (name: string): string => String(link.counters?.number(name) ?? 0);
  const rx = [of('rxBytes'), of('rxPackets'), '0', of('rxDropped'), '0', '0'];
  const tx = [of('txBytes'), of('txPackets'), '0', of('txDropped'), '0', '0'];
  const widths = [10, 7, 6, 7, 7, 7].map((width, at) => Math.max(width, rx[at]?.length ?? 0, tx[at]?.length ?? 0));
  const head = (label: string, titles: readonly string[]): string =>
    `    ${label} ${titles.map((title, at) => title.padStart((widths[at] ?? 0) - (at === 0 ? 4 : 0))).join(' ')}${' '.repeat(11)}`;
  const row = (cells: readonly string[]): string =>
    `    ${cells.map((cell, at) => cell.padStart(widths[at] ?? 0)).join(' ')} `;
  // The first column of errors takes the place of two.
  const errorWidths = [(widths[0] ?? 0) + 1 + (widths[1] ?? 0), ...widths.slice(2)];
  const more = (label: string, titles: readonly string[]): readonly string[] => [
    `    ${label}${titles.map((title, at) => title.padStart((errorWidths[at] ?? 0) - (at === 0 ? label.length : 0))).join(' ')}`,
    `    ${titles.map((_, at) => '0'.padStart(errorWidths[at] ?? 0)).join(' ')} `,
  ];
  return [
    head('RX:', ['bytes', 'packets', 'errors', 'dropped', 'missed', 'mcast']),
    row(rx),
    ...(errors ? more('RX errors:', ['length', 'crc', 'frame', 'fifo', 'overrun']) : []),
    head('TX:', ['bytes', 'packets', 'errors', 'dropped', 'carrier', 'collsns']),
    row(tx),
    ...(errors ? more('TX errors:', ['aborted', 'fifo', 'window', 'heartbt', 'transns']) : []),
  ];
}

export function addressLines(call: TextCall, { addresses }: LinkFacts): readonly (readonly [string, string])[] {
  return addresses.map((address) => [
    `inet ${paint(call, 'inet', address.ip)}/${String(address.prefixLength)} ${address.broadcast === undefined ? '' : `brd ${paint(call, 'inet', `${address.broadcast} `)}`}scope ${address.scope} ${address.secondary ? 'secondary ' : ''}${address.label}`,
    '       valid_lft forever preferred_lft forever',
  ]);
}

/** With -o every record is one line. */
export const joined = (call: IpCall, lines: readonly string[]): string =>
  call.oneLine ? lines.join('\\') : lines.join('\n');
