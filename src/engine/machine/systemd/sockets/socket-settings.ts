/** What a .socket unit says of itself (systemd.socket(5)). */
import { expandSpecifiers, type Specifiers } from '../units/unit-name.ts';
import { isYes, lastValue, parseSpan, type UnitFile } from '../units/unit-file.ts';

export interface ListenAddress {
  readonly kind: 'Stream' | 'Datagram';
  /** As `systemctl` shows it: `/run/a.sock`, `0.0.0.0:80`. */
  readonly text: string;
  readonly at:
    | { readonly family: 'inet'; readonly ip: string; readonly port: number }
    | { readonly family: 'inet6' }
    | { readonly family: 'unix'; readonly path: string };
}

export interface SocketSettings {
  readonly addresses: readonly ListenAddress[];
  /** Settings that ask for kinds of sockets which hosts of a lab do not have: `ListenFIFO`. */
  readonly absent: readonly string[];
  /** Each connection gets a service of its own. */
  readonly accepts: boolean;
  /** The unit that it starts; of those that accept, the template. */
  readonly service: string;
  readonly mode: number;
  readonly directoryMode: number;
  readonly user: string | undefined;
  readonly group: string | undefined;
  readonly descriptorName: string;
  readonly maxConnections: number;
  readonly removesOnStop: boolean;
  readonly triggerLimit: { readonly intervalUs: number; readonly burst: number };
}

const ABSENT = 'SequentialPacket FIFO Special Netlink MessageQueue USBFunction'
  .split(' ')
  .map((kind) => `Listen${kind}`);

export function socketSettings(name: string, file: UnitFile, specifiers: Specifiers): SocketSettings {
  const value = (key: string): string | undefined => lastValue(file, 'Socket', key);
  const written = (key: string): readonly string[] => file.sections.get('Socket')?.get(key) ?? [];
  const addresses = (kind: ListenAddress['kind']): readonly ListenAddress[] =>
    written(`Listen${kind}`).flatMap((text) => parseAddress(kind, expandSpecifiers(text, specifiers)) ?? []);
  const accepts = isYes(value('Accept'));
  const prefix = name.replace(/\.socket$/, '');
  return {
    addresses: [...addresses('Stream'), ...addresses('Datagram')],
    absent: ABSENT.filter((key) => written(key).length > 0),
    accepts,
    service: accepts ? `${prefix}@.service` : (value('Service') ?? `${prefix}.service`),
    mode: parseMode(value('SocketMode'), 0o666),
    directoryMode: parseMode(value('DirectoryMode'), 0o755),
    user: value('SocketUser'),
    group: value('SocketGroup'),
    descriptorName: value('FileDescriptorName') ?? name,
    maxConnections: Number(value('MaxConnections') ?? '64'),
    removesOnStop: isYes(value('RemoveOnStop')),
    triggerLimit: {
      intervalUs: parseSpan(value('TriggerLimitIntervalSec'), 2_000_000),
      burst: Number(value('TriggerLimitBurst') ?? (accepts ? '200' : '20')),
    },
  };
}

/** `/run/a.sock`, `@abstract`, `8080`, `127.0.0.1:8080`, `[::]:8080`. Hosts of a lab have no IPv6: a port alone is IPv4's. */
function parseAddress(kind: ListenAddress['kind'], text: string): ListenAddress | undefined {
  if (/^[/@]/.test(text)) return { kind, text, at: { family: 'unix', path: text } };
  if (/^\[.*\]:\d+$/.test(text)) return { kind, text, at: { family: 'inet6' } };
  const [, ip = '0.0.0.0', port = ''] = /^(?:(\d+\.\d+\.\d+\.\d+):)?(\d+)$/.exec(text) ?? [];
  if (port === '' || Number(port) === 0 || Number(port) > 65_535) return undefined;
  return { kind, text: `${ip}:${port}`, at: { family: 'inet', ip, port: Number(port) } };
}

const parseMode = (text: string | undefined, otherwise: number): number =>
  text !== undefined && /^[0-7]{1,4}$/.test(text) ? parseInt(text, 8) : otherwise;
