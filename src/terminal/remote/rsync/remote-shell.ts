/** The command that starts the other end. */
import type { Process } from '../../../protocol/program.ts';
import type { RemotePath } from '../sftp/remote-path.ts';
import { serverArguments, type RsyncOptions } from './options.ts';

/** Words of -e or RSYNC_RSH, with quotes but without a shell's expansions. */
export function shellWords(text: string): readonly string[] {
  const words = text.match(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g) ?? [];
  return words.map((word) =>
    word.replace(/'([^']*)'|"([^"]*)"/g, (_, single?: string, double?: string) => single ?? double ?? ''),
  );
}

/** A path as the remote shell has to be given it; patterns and a leading tilde are the shell's to expand. */
const remoteWord = (path: string): string => path.replace(/[\s'"\\$`&;|<>(){}!#]/g, '\\$&');

/** `rsync --server` here, for paths of this host. */
export function localCommand(
  process: Process,
  options: RsyncOptions,
  paths: readonly string[],
  serverSends: boolean,
): readonly string[] {
  const [own = 'rsync'] = process.argv;
  const whole = { ...options, has: (option: string) => option === 'W' || options.has(option) };
  return [own.includes('/') ? own : 'rsync', ...serverArguments(whole, serverSends), '.', ...paths];
}

/** The same through a remote shell. */
export function remoteCommand(
  process: Process,
  options: RsyncOptions,
  ends: readonly RemotePath[],
  serverSends: boolean,
): readonly string[] {
  const shell = shellWords(options.given.value('e') ?? process.env['RSYNC_RSH'] ?? 'ssh');
  const destination = ends[0]?.destination ?? '';
  const at = destination.lastIndexOf('@');
  return [
    ...shell,
    ...(at < 0 ? [] : ['-l', destination.slice(0, at)]),
    destination.slice(at + 1),
    options.given.value('rsync-path') ?? 'rsync',
    ...serverArguments(options, serverSends),
    '.',
    ...ends.map(({ path }) => (path === '' ? '.' : remoteWord(path))),
  ];
}
