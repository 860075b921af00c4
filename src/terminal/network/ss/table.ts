/** The columns of ss, as wide as what stands in them. */
import type { Socket } from './socket-record.ts';

const NETIDS: Readonly<Record<string, string>> = { tcp: 'tcp', udp: 'udp', unix: 'u_str', packet: 'p_raw' };

export function table(
  sockets: readonly Socket[],
  options: { readonly netid: boolean; readonly header: boolean; readonly state: boolean },
  details: (socket: Socket) => string,
): readonly string[] {
  const columns: readonly {
    readonly title: string;
    readonly right?: true;
    readonly before: string;
    readonly shown: boolean;
    value(socket: Socket): string;
  }[] = [
    { title: 'Netid', before: '', shown: options.netid, value: ({ protocol }) => NETIDS[protocol] ?? protocol },
    { title: 'State', before: options.netid ? ' ' : '', shown: options.state, value: ({ state }) => state },
    {
      title: 'Recv-Q',
      before: options.netid || options.state ? ' ' : '',
      shown: true,
      value: ({ receiveQueue }) => String(receiveQueue).padEnd(6),
    },
    {
      title: 'Send-Q',
      before: ' ',
      shown: true,
      value: ({ sendQueue }) => String(sendQueue).padEnd(6),
    },
    { title: 'Local Address:', right: true, before: ' ', shown: true, value: ({ local }) => local.address },
    { title: 'Port', before: '', shown: true, value: ({ local }) => local.port },
    { title: 'Peer Address:', right: true, before: ' ', shown: true, value: ({ peer }) => peer.address },
    { title: 'Port', before: '', shown: true, value: ({ peer }) => peer.port },
    {
      title: 'Process',
      before: '',
      shown: true,
      value: details,
    },
  ];
  const used = columns.filter(({ shown }) => shown);
  const rows = [
    ...(options.header ? [used.map(({ title }) => title)] : []),
    ...sockets.map((socket) => used.map((column) => column.value(socket))),
  ];
  const widths = used.map((_, at) => Math.max(0, ...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map(
        (cell, at) =>
          `${used[at]?.before ?? ''}${used[at]?.right === true ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)}`,
      )
      .join(''),
  );
}
