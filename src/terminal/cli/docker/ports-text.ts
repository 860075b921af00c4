/** The ports of a container in one line (docker/cli cli/command/formatter DisplayablePorts). */
import type { JsonObject } from '../../../protocol/plain.ts';
import { number, text } from './context.ts';

interface Run {
  readonly first: number;
  readonly last: number;
}

/** `443/tcp, 0.0.0.0:8080->80/tcp`: ports that follow each other as one range, those bound to another number at the end. */
export function portsText(ports: readonly JsonObject[]): string {
  const runs = new Map<string, Run>();
  const ended: string[] = [];
  const mapped: string[] = [];
  for (const port of ports.toSorted(byNumber)) {
    const inner = number(port, 'PrivatePort');
    const ip = text(port, 'IP');
    const type = text(port, 'Type');
    if (ip !== '' && number(port, 'PublicPort') !== inner) {
      mapped.push(`${hostPort(ip, String(number(port, 'PublicPort')))}->${String(inner)}/${type}`);
      continue;
    }
    const key = `${ip}/${type}`;
    const run = runs.get(key);
    if (run !== undefined && inner !== run.last + 1) ended.push(runText(key, run));
    runs.set(
      key,
      run !== undefined && inner === run.last + 1 ? { ...run, last: inner } : { first: inner, last: inner },
    );
  }
  return [...ended, ...[...runs].map(([key, run]) => runText(key, run)), ...mapped].join(', ');
}

function runText(key: string, { first, last }: Run): string {
  const [ip = '', type = ''] = key.split('/');
  const numbers = first === last ? String(first) : `${String(first)}-${String(last)}`;
  return `${ip === '' ? numbers : `${hostPort(ip, numbers)}->${numbers}`}/${type}`;
}

export const hostPort = (ip: string, port: string): string => `${ip.includes(':') ? `[${ip}]` : ip}:${port}`;

const ORDER = ['PrivatePort', 'IP', 'PublicPort', 'Type'] as const;

function byNumber(a: JsonObject, b: JsonObject): number {
  for (const key of ORDER) {
    const [left, right] = [a[key] ?? '', b[key] ?? ''];
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
