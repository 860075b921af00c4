/** Sockets of the kernel as ss shows them. */
import type { Process } from '../../../protocol/program.ts';
import type { KernelRecord } from '../../system/kernel/kernel-data.ts';
import { serviceName } from '../service-names.ts';

/** One end as the table writes it, and in numbers where it is of IP. */
export interface SocketEnd {
  readonly address: string;
  readonly port: string;
  readonly ip?: string;
  readonly number?: number;
}

export interface Socket {
  readonly id: number;
  readonly protocol: string;
  readonly state: string;
  readonly local: SocketEnd;
  readonly peer: SocketEnd;
  readonly receiveQueue: number;
  readonly sendQueue: number;
  readonly pid: number | undefined;
  /** Milliseconds until it sends again, and how often it has done so. */
  readonly retry: { readonly inMs: number; readonly count: number } | undefined;
}

/** A record of the kernel as the table has it. */
export function socketOf(process: Process, record: KernelRecord, numeric: boolean): Socket {
  const protocol = record.text('protocol');
  const end = (name: 'local' | 'peer'): Socket['local'] => {
    const at = record.record(name);
    if (protocol === 'packet')
      return name === 'local'
        ? { address: '*:', port: record.optionalText('device') ?? '*' }
        : { address: '*', port: '' };
    if (protocol === 'unix')
      return {
        address: `${at?.optionalText('path') ?? '*'} `,
        port: name === 'local' ? String(record.number('id')) : at === undefined ? '0' : String(record.number('id') + 1),
      };
    return at === undefined
      ? { address: '0.0.0.0:', port: '*', ip: '0.0.0.0', number: 0 }
      : {
          ip: at.text('ip'),
          number: at.number('port'),
          address: `${at.text('ip')}:`,
          port: numeric ? String(at.number('port')) : serviceName(process, at.number('port'), protocol),
        };
  };
  const retry = record.record('retry');
  return {
    id: record.number('id'),
    protocol,
    state: record.text('state'),
    local: end('local'),
    peer: end('peer'),
    receiveQueue: record.number('receiveQueueBytes'),
    sendQueue: record.number('sendQueueBytes'),
    pid: record.optionalNumber('pid'),
    retry: retry === undefined ? undefined : { inMs: retry.number('inMs'), count: retry.number('count') },
  };
}
