import { decodeUtf8, encodeUtf8 } from '../../../../protocol/bytes.ts';
import { SIGNALS, type Signal } from '../../../../protocol/program.ts';
import type { ManagerScope } from '../manager-scope.ts';

/** `docker` is docker.service. */
export const full = (name: string): string =>
  /\.(service|target|socket|timer|slice|mount|path|scope|device|swap|automount)$/.test(name) ? name : `${name}.service`;

export type Specifiers = Readonly<Record<string, string>>;

/** What `%` and a letter stand for in a unit's settings. Source: systemd.unit(5), SPECIFIERS. */
export function specifiersOf(
  unit: string,
  hostname: string,
  { account, runtimeDirectory }: Pick<ManagerScope, 'account' | 'runtimeDirectory'>,
): Specifiers {
  const prefix = unit.replace(/(@.*)?\.\w+$/, '');
  return {
    '%': '%',
    n: unit,
    N: unit.replace(/\.\w+$/, ''),
    p: prefix,
    j: prefix.slice(prefix.lastIndexOf('-') + 1),
    i: /@(.*)\./.exec(unit)?.[1] ?? '',
    H: hostname,
    u: account.name,
    U: String(account.uid),
    h: account.home,
    s: account.shell,
    t: runtimeDirectory,
  };
}

export const expandSpecifiers = (text: string, specifiers: Specifiers): string =>
  text.replace(/%(.)/g, (whole, letter: string) => specifiers[letter] ?? whole);

export const isSignal = (text: string): text is Signal => SIGNALS.some((signal) => signal === text);

/** `var-lib-my\x2ddata` of /var/lib/my-data, as systemd-escape --path has it. */
export function escapePath(path: string): string {
  const parts = path.split('/').filter((part) => part !== '');
  if (parts.length === 0) return '-';
  return encodeUtf8(parts.join('/')).reduce((text, byte, at) => text + escaped(byte, at), '');
}

/** The path that `escapePath` made a name of. */
export const unescapePath = (name: string): string =>
  name === '-'
    ? '/'
    : `/${name
        .replaceAll('-', '/')
        .replace(/(?:\\x[0-9a-f]{2})+/g, (codes) =>
          decodeUtf8(Uint8Array.from(codes.split('\\x').slice(1), (code) => parseInt(code, 16))),
        )}`;

/** What a unit that is named after a path is called where nobody has described it. */
export function describedByPath(name: string): string | undefined {
  const path = /^(.*)\.(?:mount|swap|device)$/.exec(name)?.[1];
  if (path === undefined) return undefined;
  return path === '-' ? 'Root Mount' : unescapePath(path);
}

function escaped(byte: number, at: number): string {
  const letter = String.fromCharCode(byte);
  if (letter === '/') return '-';
  return /[A-Za-z0-9:_]/.test(letter) || (letter === '.' && at > 0)
    ? letter
    : `\\x${byte.toString(16).padStart(2, '0')}`;
}
