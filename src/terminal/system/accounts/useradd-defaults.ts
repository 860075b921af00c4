/** /etc/default/useradd: what `useradd -D` shows and changes. */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { groupIdOf } from '../../accounts.ts';
import type { Invocation } from '../../coreutils/command.ts';
import { fileText } from '../../io.ts';
import { textToBytes } from '../../text.ts';

const FILE = '/etc/default/useradd';
const BUILT_IN = {
  GROUP: '100',
  HOME: '/home',
  INACTIVE: '-1',
  EXPIRE: '',
  SHELL: '/bin/sh',
  SKEL: '/etc/skel',
  CREATE_MAIL_SPOOL: 'no',
  LOG_INIT: 'yes',
};
export type UseraddDefaults = typeof BUILT_IN;

/** In the order in which they are shown. */
export function readDefaults(process: Process): UseraddDefaults {
  const found: Record<string, string> = {};
  for (const line of (fileText(process, FILE) ?? '').split('\n')) {
    const [, name, value] = /^([A-Z_]+)=(.*)$/.exec(line) ?? [];
    if (name !== undefined && name in BUILT_IN) found[name] = value ?? '';
  }
  return { ...BUILT_IN, ...found };
}

/** Items of the file are replaced where they stand; the others follow. */
export async function writeDefaults({ io, options, process }: Invocation): Promise<number> {
  const given: Partial<UseraddDefaults> = {
    ...(options.has('g') ? { GROUP: String(groupIdOf(process, options.value('g') ?? '') ?? '') } : {}),
    ...(options.has('b') ? { HOME: options.value('b') ?? '' } : {}),
    ...(options.has('f') ? { INACTIVE: options.value('f') ?? '' } : {}),
    ...(options.has('e') ? { EXPIRE: options.value('e') ?? '' } : {}),
    ...(options.has('s') ? { SHELL: options.value('s') ?? '' } : {}),
  };
  const rest = new Map(Object.entries({ ...readDefaults(process), ...given }));
  const lines = (fileText(process, FILE) ?? '')
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => {
      const name = /^([A-Z_]+)=/.exec(line)?.[1] ?? '';
      const value = rest.get(name);
      rest.delete(name);
      return value === undefined ? line : `${name}=${value}`;
    });
  const added = [...rest].map(([name, value]) => `${name}=${value}`);
  const done = process.writeFile(FILE, textToBytes([...lines, ...added].map((line) => `${line}\n`).join('')));
  if (!failed(done)) return 0;
  await io.warn('cannot create new defaults file');
  return 1;
}
