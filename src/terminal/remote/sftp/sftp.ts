/**
 * sftp (OpenSSH 9.6): another host's files by command, from a terminal, a pipe or a batch file.
 * Models: the commands of its help, globs in the last component, recursion, -b, a path after the host, sftp:// URIs.
 * Leaves out: line editing, df and copy, resuming transfers, bandwidth limits.
 */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Applet, Options } from '../../coreutils/command.ts';
import { Io, LineReader, openInput } from '../../io.ts';
import { notSimulated } from '../../system/plain-program.ts';
import { bytesToText } from '../../text.ts';
import { readOpensshOptions, type CopyCall } from '../openssh/openssh-options.ts';
import { SftpFiles } from './sftp-client.ts';
import { SftpSession } from './sftp-session.ts';
import { readSftpLine } from './sftp-words.ts';
import { parseRemotePath } from './remote-path.ts';

const USAGE = `usage: sftp [-46AaCfNpqrv] [-B buffer_size] [-b batchfile] [-c cipher]
          [-D sftp_server_command] [-F ssh_config] [-i identity_file]
          [-J destination] [-l limit] [-o ssh_option] [-P port]
          [-R num_requests] [-S program] [-s subsystem | sftp_server]
          [-X sftp_option] destination`;
const SHORT = '46AaCfNpqrvB:b:c:D:F:i:J:l:o:P:R:S:s:X:';
const ABSENT = ['D', 'S', 'X', 'f', 'l'];

const applet: Applet['applet'] = async (process, _flavour, argv) => {
  const io = new Io(process, 'sftp');
  const options = readOpensshOptions(argv.slice(1), { name: 'sftp', short: SHORT });
  const [destination, target, extra] = 'problem' in options ? [] : options.operands;
  if ('problem' in options || destination === undefined || extra !== undefined) {
    await io.raw(`${'problem' in options ? `${options.problem}\n` : ''}${USAGE}\n`);
    return 1;
  }
  const wrong = wrongValue(options);
  if (wrong !== undefined) {
    await io.raw(wrong);
    return wrong === `${USAGE}\n` ? 1 : 255;
  }
  const absent = ABSENT.find((letter) => options.has(letter));
  if (absent !== undefined) return await notSimulated(io, `sftp -${absent}`);
  const call = { process, io, options, operands: options.operands };
  return await connectAndServe(call, destinationOf(destination), target);
};

export const sftp: Applet = {
  name: 'sftp',
  memoryBytes: 3_000_000,
  run: (process) => applet(process, 'gnu', process.argv),
  applet,
};

/** What is wrong with a number; how many bytes and requests travel at once makes no difference here. */
function wrongValue(options: Options): string | undefined {
  const bad = (letter: string): boolean =>
    options.has(letter) && !/^[1-9]\d*[kKmM]?$/.test(options.value(letter) ?? '');
  if (bad('B')) return `Invalid buffer size "${options.value('B') ?? ''}"\r\n`;
  if (bad('R')) return `Invalid number of requests "${options.value('R') ?? ''}"\r\n`;
  return bad('l') ? `${USAGE}\n` : undefined;
}

interface Destination {
  readonly host: string;
  readonly path: string;
  readonly port?: string;
}

function destinationOf(text: string): Destination {
  const uri = /^sftp:\/\/((?:[^@/]+@)?[^:/]+)(?::(\d+))?(?:\/(.*))?$/.exec(text);
  if (uri !== null)
    return { host: uri[1] ?? '', path: uri[3] ?? '', ...(uri[2] === undefined ? {} : { port: uri[2] }) };
  const remote = parseRemotePath(text);
  return remote === undefined ? { host: text, path: '' } : { host: remote.destination, path: remote.path };
}

async function connectAndServe(call: CopyCall, destination: Destination, target?: string): Promise<number> {
  const { process, io, options } = call;
  const batch = options.value('b');
  const input = batch === undefined || batch === '-' ? 0 : openInput(process, batch);
  if (failed(input)) {
    await io.raw(`${strerror(input)} (${batch ?? ''}).\r\n`);
    return 255;
  }
  const remote = await SftpFiles.open(process, ['ssh', ...sshArguments(call, destination)]);
  if (remote === undefined) {
    await io.raw('\r\nConnection closed.  \r\nConnection closed\r\n');
    return 255;
  }
  const quiet = (batch !== undefined && !options.has('N')) || options.has('q');
  if (!quiet) await io.raw(`Connected to ${destination.host.replace(/^.*@/, '')}.\n`);
  const session = new SftpSession(process, io, remote, {
    quiet,
    recursive: options.has('r'),
    preserve: options.has('p'),
  });
  const begun = await session.begin(destination.path, target);
  const status =
    begun === true
      ? await serve(call, session, { fd: input, batch: batch !== undefined && !options.has('N') })
      : begun === 'file'
        ? 0
        : 1;
  await io.flush();
  await remote.close();
  return await io.end(status);
}

/** Lines until the input or the session ends. */
async function serve(
  { process, io }: CopyCall,
  session: SftpSession,
  { fd, batch }: { readonly fd: number; readonly batch: boolean },
): Promise<number> {
  const reader = new LineReader(process, fd);
  const interactive = !batch && process.isatty(fd);
  for (;;) {
    if (interactive) io.out('sftp> ');
    await io.flush();
    const line = await nextLine(reader);
    if (line === undefined) {
      if (interactive) io.line('');
      return 0;
    }
    const read = readSftpLine(line);
    if (read === undefined || !read.silent) {
      if (!interactive) io.line(`sftp> ${line}`);
    }
    const outcome = read === undefined ? true : await session.run(read);
    if (outcome === 'exit') return 0;
    if (!outcome && batch && read?.forgiving !== true) return 1;
  }
}

async function nextLine(reader: LineReader): Promise<string | undefined> {
  for (;;) {
    const line = reader.ready();
    if (line !== undefined) return bytesToText(line);
    if (await reader.fill()) continue;
    const rest = reader.rest();
    return rest === undefined ? undefined : bytesToText(rest);
  }
}

function sshArguments({ options }: CopyCall, { host, port }: Destination): readonly string[] {
  const given = port ?? options.value('P');
  return [
    '-oForwardX11=no',
    '-oPermitLocalCommand=no',
    '-oClearAllForwardings=yes',
    ...(options.has('b') ? ['-oBatchMode=yes'] : []),
    ...options.order.flatMap(([letter, value]) => {
      if ('46Cqv'.includes(letter)) return [`-${letter}`];
      return ['c', 'F', 'i', 'J', 'o'].includes(letter) ? [`-${letter}`, value] : [];
    }),
    ...(given === undefined ? [] : ['-p', given]),
    '-s',
    '--',
    host,
    options.value('s') ?? 'sftp',
  ];
}
