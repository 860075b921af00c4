/** Names and passwords of a .netrc file (--netrc, --netrc-file, --netrc-optional). */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { bytesToText } from '../../text.ts';
import type { Settings } from './settings.ts';

/** `name:password` for a host, where the options ask for the file; undefined where it has none. */
export function netrcUser(process: Process, settings: Settings, host: string): string | undefined {
  const named = settings.value('netrc-file');
  if (named === undefined && !settings.on('netrc') && !settings.on('netrc-optional')) return undefined;
  const bytes = process.readFile(named ?? `${process.env['HOME'] ?? ''}/.netrc`);
  return failed(bytes) ? undefined : lookUp(bytesToText(bytes), host);
}

function lookUp(text: string, host: string): string | undefined {
  const words = text
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .flatMap((line) => line.match(/"(?:[^"\\]|\\.)*"|\S+/g) ?? [])
    .map((word) => (word.startsWith('"') ? word.slice(1, -1).replace(/\\(.)/g, '$1') : word));
  let here = false;
  let login: string | undefined;
  let password: string | undefined;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === 'machine' || word === 'default') {
      if (here) break;
      here = word === 'default' || words[(at += 1)] === host;
    } else if (here && word === 'login') login = words[(at += 1)];
    else if (here && word === 'password') password = words[(at += 1)];
  }
  return login === undefined && password === undefined ? undefined : `${login ?? ''}:${password ?? ''}`;
}
