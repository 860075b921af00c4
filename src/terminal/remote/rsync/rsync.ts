/**
 * rsync 3.2.7: files made the same on this host, or between this host and another through a remote shell. The other end
 * is `rsync --server` as in the original, but what the two say to each other is a protocol of our own (channel.ts), so
 * the bytes counted are close to the original's and not the same. Which files go is decided by size and time; those go
 * whole, without the search for blocks that the receiver has already. Owners go over as numbers, as with --numeric-ids.
 * Leaves out: daemons (`host::module`), hard links, sparse files, ACLs and other options that say so.
 */
import { failed } from '../../../protocol/errno.ts';
import type { Fd, Pid, Process } from '../../../protocol/program.ts';
import { modeText } from '../../coreutils/files/mode-text.ts';
import type { Io } from '../../io.ts';
import { startChild, waitFor } from '../../run-child.ts';
import { strftime } from '../../strftime.ts';
import { notSimulated, plainProgram } from '../../system/plain-program.ts';
import { parseRemotePath, type RemotePath } from '../sftp/remote-path.ts';
import { Channel } from './channel.ts';
import type { ListEntry } from './file-list.ts';
import { filesFrom, filtersOf, syntaxError, wrongValue } from './client-arguments.ts';
import type { FilterRule } from './filters.ts';
import { ending, shownNumber, VERSION, type Role } from './messages.ts';
import { parseRsyncOptions, recursing, type RsyncOptions } from './options.ts';
import { localCommand, remoteCommand } from './remote-shell.ts';
import { absentFormat } from './out-format.ts';
import { Report } from './report.ts';
import { runServer } from './server.ts';
import { encodeRules, listSide, receiveSide, sendSide, type Side, type SideResult } from './sides.ts';

const USAGE = `rsync  version ${VERSION}  protocol version 31

Usage: rsync [OPTION]... SRC [SRC]... DEST
  or   rsync [OPTION]... SRC [SRC]... [USER@]HOST:DEST
  or   rsync [OPTION]... [USER@]HOST:SRC [DEST]
The ':' usages connect via remote shell.
`;

export const rsync = plainProgram('rsync', async ({ process, io, args }) => {
  if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
    io.line(`rsync  version ${VERSION}  protocol version 31`);
    return await io.end(0);
  }
  const parsed = parseRsyncOptions(args);
  if (parsed.type === 'absent') return await notSimulated(io, parsed.option);
  if (parsed.type === 'wrong') return await syntaxError(io, `rsync: ${parsed.text}`);
  const { options, operands } = parsed;
  if (options.has('server')) return await runServer(process, options, operands);
  if (options.has('help') || (options.has('h') && args.length === 1)) {
    io.out(USAGE);
    return await io.end(0);
  }
  if (operands.length === 0) return await syntaxError(io, USAGE.trimEnd(), 'main.c(1774)');
  const daemon = operands.find((operand) => /^(rsync:\/\/|[^/]*::)/.test(operand));
  if (daemon !== undefined) return await notSimulated(io, `rsync ${daemon}`);
  const wrong = wrongValue(options);
  if (wrong !== undefined) return await syntaxError(io, `rsync: ${wrong}`);
  const format = absentFormat(options);
  if (format !== undefined) return await notSimulated(io, `rsync --out-format=${format}`);
  const rules = await filtersOf(process, io, options);
  if (typeof rules === 'number') return rules;
  const names = await filesFrom(process, io, options);
  return typeof names === 'number' ? names : await new Client(process, io, options, rules, names).run(operands);
});

/** The other end as a child with a pipe each way. */
interface Peer {
  readonly pid: Pid;
  readonly channel: Channel;
  readonly toPeer: Fd;
}

class Client {
  constructor(
    private readonly process: Process,
    private readonly io: Io,
    private readonly options: RsyncOptions,
    private readonly rules: FilterRule[],
    /** Those of --files-from. */
    private readonly names: readonly string[] | undefined,
  ) {}

  async run(operands: readonly string[]): Promise<number> {
    const looking = operands.length === 1 || this.options.has('list-only');
    const sources = operands.length === 1 ? operands : operands.slice(0, -1);
    const target = operands.length === 1 ? '.' : (operands.at(-1) ?? '.');
    const from = sources.flatMap((source) => parseRemotePath(source) ?? []);
    const to = operands.length === 1 ? undefined : parseRemotePath(target);
    if (from.length > 0 && to !== undefined)
      return await syntaxError(
        this.io,
        'The source and destination cannot both be remote.',
        'main.c(1428)',
        'Receiver',
      );
    if (from.length > 0 && from.length < sources.length)
      return await syntaxError(this.io, 'All source args must come from the same machine.', 'main.c(1495)', 'Receiver');
    if (from.length > 0 && this.names !== undefined)
      return await notSimulated(this.io, 'rsync --files-from with a remote source');
    if (looking) return await this.#look(sources, from);
    if (from.length > 0) return await this.#pull(from, target);
    return await this.#push(sources, target, to);
  }

  async #push(sources: readonly string[], target: string, to: RemotePath | undefined): Promise<number> {
    const { process, options } = this;
    const report = new Report(process, this.io, options, to !== undefined);
    const argv =
      to === undefined ? localCommand(process, options, [target], false) : remoteCommand(process, options, [to], false);
    const peer = await this.#open(argv, 'sender', report);
    if (typeof peer === 'number') return peer;
    await report.start('sending');
    const side = { process, options, channel: peer.channel, voice: report, watcher: report };
    const result = await sendSide(side, sources, this.rules, this.names);
    return await this.#finish(peer, report, result, 'sender', 'main.c(1338)');
  }

  async #pull(from: readonly RemotePath[], target: string): Promise<number> {
    const command = remoteCommand(this.process, this.options, from, true);
    return await this.#receive(command, this.options, async (side) => await receiveSide(side, target, this.rules));
  }

  /** A list in place of a transfer, one level deep where -r does not ask for more. */
  async #look(sources: readonly string[], from: readonly RemotePath[]): Promise<number> {
    const { process } = this;
    const options = recursing(this.options);
    if (!this.options.has('r')) this.rules.push({ include: false, pattern: '/*/*' });
    const command =
      from.length > 0 ? remoteCommand(process, options, from, true) : localCommand(process, options, sources, true);
    return await this.#receive(command, this.options, async (side) => await listSide(side, this.#show.bind(this)));
  }

  async #receive(
    command: readonly string[],
    options: RsyncOptions,
    course: (side: Side) => Promise<SideResult>,
  ): Promise<number> {
    const report = new Report(this.process, this.io, options, false);
    const peer = await this.#open(command, 'Receiver', report);
    if (typeof peer === 'number') return peer;
    await report.start('receiving');
    const result = await course({
      process: this.process,
      options,
      channel: peer.channel,
      voice: report,
      watcher: report,
    });
    return await this.#finish(peer, report, result, report.empty ? 'Receiver' : 'generator', 'main.c(1865)');
  }

  /** Starts the other end and hears it speak; a number is the status to end with. */
  async #open(argv: readonly string[], role: Role, report: Report): Promise<Peer | number> {
    const { process } = this;
    const [input, output] = [process.pipe(), process.pipe()];
    if (failed(input) || failed(output)) return 14;
    for (const end of [input[1], output[0]]) process.setCloseOnExec(end, true);
    const fds = [
      [0, input[0]],
      [1, output[1]],
      [2, 2],
    ] as const;
    const pid = startChild(process, argv, { env: process.env, fds });
    process.close(input[0]);
    process.close(output[1]);
    if (typeof pid !== 'number') {
      const complaint = `rsync: [${role}] Failed to exec ${argv[0] ?? ''}: No such file or directory (2)`;
      await report.complain(`${complaint}\n${ending(14, 'pipe.c(85)', role)}`);
      return 14;
    }
    process.sigaction('SIGPIPE', 'ignore');
    const hear = async (tag: 'say' | 'complain', text: string) => await report[tag](text);
    const peer = { pid, channel: new Channel(process, output[0], input[1], hear), toPeer: input[1] };
    const hello = await peer.channel.next();
    if (hello === 'closed') return await this.#lost(peer, report, role);
    if (hello === 'invalid' || hello.tag !== 'hello') {
      await report.complain('protocol version mismatch -- is your shell clean?');
      await report.complain('(see the rsync manpage for an explanation)');
      await report.complain(ending(2, 'compat.c(622)', role));
      return 2;
    }
    await peer.channel.send('rules', encodeRules(this.rules));
    return peer;
  }

  async #lost({ pid, channel, toPeer }: Peer, report: Report, role: Role): Promise<number> {
    this.process.close(toPeer);
    const { code: ended } = await waitFor(this.process, pid);
    const code = ended === 0 ? 12 : ended;
    const received = `${shownNumber(channel.received, false)} bytes received so far`;
    await report.complain(`rsync: connection unexpectedly closed (${received}) [${role}]`);
    await report.complain(ending(code, 'io.c(232)', role));
    return code;
  }

  async #finish(peer: Peer, report: Report, result: SideResult, role: Role, where: string): Promise<number> {
    if (result === 'closed') return await this.#lost(peer, report, role);
    this.process.close(peer.toPeer);
    await waitFor(this.process, peer.pid);
    if (typeof result === 'number') return result;
    await report.summary(peer.channel, result);
    if (result.code !== 0) await report.complain(ending(result.code, where, role));
    return await this.io.end(result.code);
  }

  async #show(entries: readonly ListEntry[]): Promise<void> {
    for (const { name, type, mode, size, modifiedMs, target } of entries) {
      const date = strftime('%Y/%m/%d %H:%M:%S', modifiedMs * 1_000);
      const link = type === 'symlink' && this.options.has('l') ? ` -> ${target}` : '';
      this.io.line(
        `${modeText({ type, mode })} ${shownNumber(size, this.options.has('h')).padStart(14)} ${date} ${name}${link}`,
      );
    }
    await this.io.flush();
  }
}
