/** docker run --publish. */
import { refuseRun } from './fatal.ts';

/** `[ip:][hostPort:]containerPort[/proto]`, with ranges of equal length. */
export function parsePort(
  text: string,
): readonly { readonly port: string; readonly hostIp: string; readonly hostPort: string }[] {
  const [spec = '', protocol = 'tcp'] = text.split('/');
  const parts = spec.split(':');
  const container = parts.at(-1) ?? '';
  const host = parts.length > 1 ? (parts.at(-2) ?? '') : '';
  const hostIp = parts.length > 2 ? parts.slice(0, -2).join(':') : '';
  const range = (given: string, side: 'hostPort' | 'containerPort'): readonly number[] => {
    const match = /^(\d+)(?:-(\d+))?$/.exec(given);
    const from = Number(match?.[1] ?? '0');
    const to = Number(match?.[2] ?? match?.[1] ?? '0');
    if (match === null || to > 65_535 || to < from) return refuseRun(`invalid ${side}: ${given}`);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  };
  if (container === '') refuseRun(`no port specified: ${text}<empty>`);
  if (!['tcp', 'udp', 'sctp'].includes(protocol)) refuseRun(`invalid proto: ${protocol}`);
  const inner = range(container, 'containerPort');
  const outer = host === '' ? [] : range(host, 'hostPort');
  if (outer.length > 0 && outer.length !== inner.length && inner.length !== 1)
    refuseRun(`invalid ranges specified for container and host Ports: ${container} and ${host}`);
  return inner.map((port, index) => ({
    port: `${String(port)}/${protocol}`,
    hostIp,
    hostPort: outer.length === 0 ? '' : String(outer[index] ?? outer[0] ?? 0),
  }));
}
