/** logger of util-linux: -t, -p, -i, -s, -f; lines go to the journal. Leaves out: remote servers, structured data. */
import { failed, strerror } from '../../protocol/errno.ts';
import { userNameOf } from '../accounts.ts';
import { command, type Applet } from '../coreutils/command.ts';
import { readOperand } from '../io.ts';
import { ask, sayUnreachable } from '../systemd/client.ts';
import { bytesToText } from '../text.ts';

const LEVELS = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'];
const ALIASES: Readonly<Record<string, string>> = { panic: 'emerg', error: 'err', warn: 'warning' };

export const logger: Applet = command(
  { name: 'logger', short: 't:p:isf:', long: { tag: 't', priority: 'p', stderr: 's', id: 'i', file: 'f' } },
  async ({ process, io, options, operands }) => {
    const level = (options.value('p') ?? 'user.notice').replace(/^.*\./, '');
    const priority = LEVELS.indexOf(ALIASES[level] ?? level);
    if (priority < 0) {
      await io.raw(`logger: unknown priority name: ${options.value('p') ?? ''}\n`);
      return 1;
    }
    const bytes = operands.length > 0 ? undefined : await readOperand(process, options.value('f') ?? '-');
    if (bytes !== undefined && failed(bytes)) {
      await io.raw(`logger: file ${options.value('f') ?? ''}: ${strerror(bytes)}\n`);
      return 1;
    }
    const text = bytes === undefined ? operands.join(' ') : bytesToText(bytes).replace(/\n$/, '');
    const identifier = options.value('t') ?? userNameOf(process, process.credentials().uid) ?? 'root';
    for (const message of text.split('\n')) {
      const pid = options.has('i') ? { pid: process.pid } : {};
      const reply = await ask(process, { method: 'log', identifier, priority, message, ...pid });
      if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
      if (options.has('s')) await io.raw(`<${String(8 + priority)}>${identifier}: ${message}\n`);
    }
    return await io.end(0);
  },
);
