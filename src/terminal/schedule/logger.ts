/** logger of util-linux: -t, -p, -i, -s, -f; lines go to the journal. Leaves out: remote servers, structured data. */
import { failed, strerror } from '../../protocol/errno.ts';
import { userNameOf } from '../accounts.ts';
import { command, type Applet } from '../coreutils/command.ts';
import { readOperand } from '../io.ts';
import { ask, sayUnreachable } from '../systemd/client.ts';
import { bytesToText } from '../text.ts';

const LEVELS = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'];
const ALIASES: Readonly<Record<string, string>> = { panic: 'emerg', error: 'err', warn: 'warning' };
/** By their numbers (RFC 5424); those from 16 on are local0 to local7. */
const FACILITIES = 'kern user mail daemon auth syslog lpr news uucp cron authpriv ftp'.split(' ');

/** Of `auth.info`; a level alone is the user's. Only the kernel itself writes as `kern`. */
function facilityOf(word: string): number {
  if (!word.includes('.')) return 1;
  const name = word.replace(/\..*$/, '');
  const local = /^local([0-7])$/.exec(name)?.[1];
  if (local !== undefined) return 16 + Number(local);
  return name === 'security' ? 4 : Math.max(FACILITIES.indexOf(name), name === 'kern' ? 1 : -1);
}

export const logger: Applet = command(
  {
    name: 'logger',
    calls: 'short',
    short: 't:p:isf:',
    long: { tag: 't', priority: 'p', stderr: 's', id: 'i', file: 'f' },
  },
  async ({ process, io, options, operands }) => {
    const level = (options.value('p') ?? 'user.notice').replace(/^.*\./, '');
    const priority = LEVELS.indexOf(ALIASES[level] ?? level);
    const facility = facilityOf(options.value('p') ?? 'user.notice');
    if (priority < 0 || facility < 0) {
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
      const reply = await ask(process, { method: 'log', identifier, priority, facility, message, ...pid });
      if (reply.type === 'unreachable') return await sayUnreachable(io, reply);
      if (options.has('s')) await io.raw(`<${String(8 * facility + priority)}>${identifier}: ${message}\n`);
    }
    return await io.end(0);
  },
);
