/** ssh: a shell or a command on another host of the lab. */
import { failed, strerror } from '../../protocol/errno.ts';
import type { Fd, Process } from '../../protocol/program.ts';
import { userNameOf } from '../accounts.ts';
import type { Applet } from '../coreutils/command.ts';
import { parseOptions } from '../coreutils/command.ts';
import { Io } from '../io.ts';
import { resolveErrorText, resolveHost } from '../resolver.ts';
import { sshReply } from './ssh-protocol.ts';

const applet: Applet['applet'] = async (process, _flavour, argv) => {
  const io = new Io(process, 'ssh');
  const options = parseOptions(argv.slice(1), {
    name: 'ssh',
    short: 'p:l:i:o:tTqvNfnAXxCF:J:L:R:D:4',
    stopEarly: true,
  });
  if ('problem' in options || options.operands.length === 0) {
    await io.raw('usage: ssh [-46AaCfGgKkMNnqsTtVvXxYy] destination [command [argument ...]]\n');
    return 255;
  }
  const [destination = '', ...command] = options.operands;
  const at = destination.lastIndexOf('@');
  const name = destination.slice(at + 1);
  const user =
    options.value('l') ??
    (at >= 0 ? destination.slice(0, at) : (userNameOf(process, process.credentials().uid) ?? 'root'));
  const port = Number(options.value('p') ?? '22');
  const found = await resolveHost(process, name);
  const ip = found.type === 'found' ? found.addresses[0] : undefined;
  if (found.type === 'failed' || ip === undefined) {
    await io.raw(
      `ssh: Could not resolve hostname ${name}: ${found.type === 'failed' ? resolveErrorText(found.reason) : ''}\n`,
    );
    return 255;
  }
  const fd = await process.connect({ family: 'inet', ip, port });
  if (failed(fd)) {
    await io.raw(`ssh: connect to host ${name} port ${String(port)}: ${strerror(fd)}\n`);
    return 255;
  }
  const tty = process.isatty(0) && !options.has('T') && (command.length === 0 || options.has('t'));
  const size = tty ? process.windowSize(0) : undefined;
  await process.send(fd, {
    type: 'message',
    value: {
      type: 'open',
      user,
      ...(command.length === 0 ? {} : { command: command.join(' ') }),
      ...(size === undefined || failed(size)
        ? {}
        : { size: { columns: size.columns, rows: size.rows }, term: process.env['TERM'] ?? 'xterm-256color' }),
    },
  });
  if (tty)
    process.setTermios(0, { canonical: false, echo: false, signals: false, mapCrToNl: false, outputNlToCrNl: false });
  if (!options.has('n')) void send(process, fd, tty);
  const code = await receive(process, fd, `${user}@${name}`);
  if (tty) {
    process.setTermios(0, { canonical: true, echo: true, signals: true, mapCrToNl: true, outputNlToCrNl: true });
    await io.raw(`Connection to ${name} closed.\n`);
  }
  return code;
};
export const ssh: Applet = {
  name: 'ssh',
  memoryBytes: 4_000_000,
  run: (process) => applet(process, 'gnu', process.argv),
  applet,
};

async function send(process: Process, fd: Fd, tty: boolean): Promise<void> {
  if (tty) process.sigaction('SIGWINCH', 'catch');
  for (;;) {
    const bytes = await process.read(0, 4_096);
    if (failed(bytes)) {
      if (bytes.errno !== 'EINTR') return;
      process.takeSignals();
      const size = process.windowSize(0);
      if (!failed(size))
        await process.send(fd, {
          type: 'message',
          value: { type: 'resize', size: { columns: size.columns, rows: size.rows } },
        });
      continue;
    }
    if (bytes.length === 0) {
      await process.send(fd, { type: 'message', value: { type: 'eof' } });
      return;
    }
    await process.send(fd, { type: 'bytes', bytes });
  }
}

async function receive(process: Process, fd: Fd, who: string): Promise<number> {
  for (;;) {
    const segment = await process.receive(fd);
    if (segment === undefined || failed(segment)) {
      await process.write(2, bytesOf(`Connection to ${who.replace(/^.*@/, '')} closed by remote host.\r\n`));
      return 255;
    }
    if (segment.type === 'bytes') await process.write(1, segment.bytes);
    else if (segment.type === 'message') {
      const reply = sshReply(segment.value);
      if (reply?.type === 'stderr') await process.write(2, reply.bytes);
      else if (reply?.type === 'exit') return reply.code;
      else if (reply?.type === 'denied') {
        await process.write(2, bytesOf(`${who}: Permission denied (publickey,password).\n`));
        return 255;
      }
    }
  }
}
const bytesOf = (text: string): Uint8Array => Uint8Array.from([...text].map((char) => char.charCodeAt(0)));
