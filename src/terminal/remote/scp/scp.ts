/**
 * scp (OpenSSH 9.6): files between hosts by sftp over ssh; between two other hosts they pass through this one.
 * Leaves out: bandwidth limits, the older protocol (-O gives the same result).
 */
import type { Process } from '../../../protocol/program.ts';
import type { Applet, Options } from '../../coreutils/command.ts';
import { failed } from '../../../protocol/errno.ts';
import { Io } from '../../io.ts';
import { readOpensshOptions, type CopyCall } from '../openssh/openssh-options.ts';
import { runAndWait } from '../../run-child.ts';
import { notSimulated } from '../../system/plain-program.ts';
import { portOf } from '../ssh/ssh-setting-values.ts';
import { LocalFiles } from '../sftp/file-side.ts';
import { parseRemotePath, type RemotePath } from '../sftp/remote-path.ts';
import { Copier } from './scp-copy.ts';
import { SftpFiles } from '../sftp/sftp-client.ts';

const USAGE = `usage: scp [-346ABCOpqRrsTv] [-c cipher] [-D sftp_server_path] [-F ssh_config]
           [-i identity_file] [-J destination] [-l limit] [-o ssh_option]
           [-P port] [-S program] [-X sftp_option] source ... target`;

const SHORT = '346ABCOpqRrsTvc:D:F:i:J:l:o:P:S:X:';
const ABSENT = ['D', 'l', 'R', 'S'];

const applet: Applet['applet'] = async (process, _flavour, argv) => {
  const io = new Io(process, 'scp');
  const options = readOpensshOptions(argv.slice(1), { name: 'scp', short: SHORT });
  const operands = 'problem' in options ? [] : options.operands;
  const target = operands.at(-1);
  if ('problem' in options || target === undefined || operands.length < 2) {
    await io.raw(`${'problem' in options ? `scp: ${options.problem}\r\n` : ''}${USAGE}\n`);
    return 1;
  }
  const wrong = wrongValue(options);
  if (wrong !== undefined) {
    await io.raw(wrong);
    return wrong === `${USAGE}\n` ? 1 : 255;
  }
  const absent = ABSENT.find((letter) => options.has(letter));
  if (absent !== undefined) return await notSimulated(io, `scp -${absent}`);
  const session = new ScpSession({ process, io, options, operands });
  const code = await session.run(operands.slice(0, -1), target);
  await session.close();
  return await io.end(code);
};

/** What is wrong with a value; how many bytes and requests travel at once makes no difference here. */
function wrongValue(options: Options): string | undefined {
  const port = options.value('P');
  if (port !== undefined && portOf(port) === undefined) return `scp: bad port "${port}"\n\r\n`;
  if (options.has('l') && !/^[1-9]\d*$/.test(options.value('l') ?? '')) return `${USAGE}\n`;
  for (const text of options.values('X')) {
    const [, name = '', value = ''] = /^(buffer|nrequests)=(.*)$/.exec(text) ?? [];
    if (name === '') return 'scp: Invalid -X option\r\n';
    if (name === 'buffer' && !/^[1-9]\d*[kKmM]?$/.test(value)) return `scp: Invalid buffer size "${value}"\r\n`;
    if (name === 'nrequests' && !/^[1-9]\d*$/.test(value)) return `scp: Invalid number of requests "${value}"\r\n`;
  }
  return undefined;
}

export const scp: Applet = {
  name: 'scp',
  memoryBytes: 3_000_000,
  run: (process) => applet(process, 'gnu', process.argv),
  applet,
};

class ScpSession {
  readonly #connections = new Map<string, SftpFiles>();
  readonly #process: Process;

  constructor(private readonly call: CopyCall) {
    this.#process = call.process;
  }

  async run(sources: readonly string[], target: string): Promise<number> {
    const to = parseRemotePath(target);
    if (to === undefined && sources.length > 1 && !(await this.#isLocalDirectory(target))) return 1;
    let code = 0;
    for (const source of sources) {
      const from = parseRemotePath(source);
      const one =
        from === undefined && to === undefined
          ? await this.#copyHere(source, target)
          : await this.#copy(source, from, target, to, sources.length > 1);
      if (one === 'fatal') return 255;
      code = Math.max(code, one);
    }
    return code;
  }

  /** Several sources need a directory. */
  async #isLocalDirectory(target: string): Promise<boolean> {
    const stat = this.#process.stat(target);
    if (!failed(stat) && stat.type === 'directory') return true;
    await this.call.io.raw(`${target}: ${failed(stat) ? 'No such file or directory' : 'Not a directory'}\n`);
    return false;
  }

  /** Between two paths of this host scp runs cp. */
  async #copyHere(source: string, target: string): Promise<number> {
    const { options } = this.call;
    const flags = [...(options.has('r') ? ['-r'] : []), ...(options.has('p') ? ['-p'] : [])];
    return (await runAndWait(this.#process, ['cp', ...flags, '--', source, target])).code === 0 ? 0 : 1;
  }

  async #copy(
    source: string,
    from: RemotePath | undefined,
    target: string,
    to: RemotePath | undefined,
    several: boolean,
  ): Promise<number | 'fatal'> {
    const sides = [from, to].map((end) => end);
    const opened = [];
    for (const end of sides) {
      const files = end === undefined ? new LocalFiles(this.#process) : await this.#connection(end);
      if (files === undefined) {
        await this.call.io.raw('scp: Connection closed\r\n');
        return 'fatal';
      }
      opened.push(files);
    }
    const [fromFiles, toFiles] = opened;
    if (fromFiles === undefined || toFiles === undefined) return 1;
    const copier = new Copier(this.call, fromFiles, toFiles);
    return await copier.copy(from === undefined ? source : from.path, to === undefined ? target : to.path, several);
  }

  async #connection(end: RemotePath): Promise<SftpFiles | undefined> {
    const key = `${end.destination} ${end.port ?? ''}`;
    const known = this.#connections.get(key);
    if (known !== undefined) return known;
    const opened = await SftpFiles.open(this.#process, ['ssh', ...this.#sshArguments(end)]);
    if (opened !== undefined) this.#connections.set(key, opened);
    return opened;
  }

  #sshArguments({ destination, port }: RemotePath): readonly string[] {
    const { options } = this.call;
    const given = port ?? options.value('P');
    return [
      '-x',
      '-oPermitLocalCommand=no',
      '-oClearAllForwardings=yes',
      '-oRemoteCommand=none',
      '-oRequestTTY=no',
      ...options.order.flatMap(([letter, value]) => {
        if ('46ACqv'.includes(letter)) return [`-${letter}`];
        if (letter === 'B') return ['-oBatchMode=yes'];
        return ['c', 'F', 'i', 'J', 'o'].includes(letter) ? [`-${letter}`, value] : [];
      }),
      ...(given === undefined ? [] : ['-p', given]),
      '-oForwardAgent=no',
      '-s',
      '--',
      destination,
      'sftp',
    ];
  }

  async close(): Promise<void> {
    for (const connection of this.#connections.values()) await connection.close();
  }
}
