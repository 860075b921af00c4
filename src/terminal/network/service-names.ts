/** Names of ports (getservbyport, getservbyname): /etc/services. */
import type { Process } from '../../protocol/program.ts';
import { fileText } from '../io.ts';

interface Service {
  readonly names: readonly string[];
  readonly port: number;
  readonly protocol: string;
}

function servicesOf(process: Process, protocol: string): readonly Service[] {
  return (fileText(process, '/etc/services') ?? '').split('\n').flatMap((line): readonly Service[] => {
    const match = /^(\S+)\s+(\d+)\/(\S+)([^#]*)/.exec(line);
    if (match === null || match[3] !== protocol) return [];
    const aliases = (match[4] ?? '').split(/\s+/).filter((word) => word !== '');
    return [{ names: [match[1] ?? '', ...aliases], port: Number(match[2]), protocol }];
  });
}

/** `http` for 80; the number where it has no name. */
export const serviceName = (process: Process, port: number, protocol: string): string =>
  servicesOf(process, protocol).find((service) => service.port === port)?.names[0] ?? String(port);

/** 80 for `http`. */
export const servicePort = (process: Process, name: string, protocol: string): number | undefined =>
  servicesOf(process, protocol).find(({ names }) => names.includes(name))?.port;
