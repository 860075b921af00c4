/** What each program says about an input that it cannot open or read: GNU's differ from one to the next. */
import type { SysFailure } from '../../protocol/errno.ts';
import { strerror } from '../../protocol/errno.ts';
import { HELD_BOUND_TEXT } from './held-memory.ts';

type Message = (name: string, reason: string) => string;
interface Words {
  /** Where it cannot be opened; `name: reason` where absent. */
  readonly open?: Message;
  readonly read?: Message;
}

const quoted =
  (before: string, after = ''): Message =>
  (name, reason) =>
    `${before}'${name}'${after}: ${reason}`;

const GNU: Readonly<Record<string, Words>> = {
  base32: { read: (_, reason) => `read error: ${reason}` },
  base64: { read: (_, reason) => `read error: ${reason}` },
  basenc: { read: (_, reason) => `read error: ${reason}` },
  fmt: { open: quoted('cannot open ', ' for reading'), read: () => 'read error' },
  head: { open: quoted('cannot open ', ' for reading'), read: quoted('error reading ') },
  rev: { open: (name, reason) => `cannot open ${name}: ${reason}`, read: (name, reason) => `${name}: 0: ${reason}` },
  sort: {
    open: (name, reason) => `cannot read: ${name}: ${reason}`,
    read: (name, reason) => `read failed: ${name}: ${reason}`,
  },
  tac: { open: quoted('failed to open ', ' for reading'), read: (name) => `${name}: read error: Invalid argument` },
  tail: { open: quoted('cannot open ', ' for reading'), read: quoted('error reading ') },
  uniq: { read: (name) => `error reading '${name}'` },
};

/** Applets that say only which file it was. */
const BUSYBOX_PLAIN = new Set(['base32', 'base64', 'head', 'sort', 'wc']);

export function inputMessage(program: string, flavour: 'gnu' | 'busybox', name: string, failure: SysFailure): string {
  if (failure.errno === 'ENOMEM') return `memory exhausted (${HELD_BOUND_TEXT})`;
  const reason = strerror(failure);
  const isRead = failure.errno === 'EISDIR';
  if (flavour === 'busybox') {
    if (BUSYBOX_PLAIN.has(program)) return `${name}: ${reason}`;
    return isRead ? `read error: ${reason}` : `can't open '${name}': ${reason}`;
  }
  const words = GNU[program];
  return (isRead ? words?.read : words?.open)?.(name, reason) ?? `${name}: ${reason}`;
}
