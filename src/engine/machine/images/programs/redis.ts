/**
 * redis-server.
 * Models: RESP and inline commands over a subset of strings, hashes, lists, sets, expiry and INFO.
 * Leaves out: persistence, replication, scripting, clustering, publish and subscribe.
 */
import { decodeUtf8, encodeUtf8 } from '../../../../protocol/bytes.ts';
import { failed } from '../../../../protocol/errno.ts';
import type { ReactiveContext, ReactiveProgram } from '../../kernel/reactive/reactive.ts';
import { civilFromUnix } from '../../../sim/clock.ts';
import { runCommand, version, type RedisState } from './redis-commands.ts';

/** tcp-backlog of redis.conf. */
const BACKLOG = 511;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export const redis: ReactiveProgram = {
  name: 'redis-server',
  memoryBytes: 10 * 1024 * 1024,
  start(context) {
    const at = context.argv.indexOf('--port');
    const port = Number(at > 0 ? (context.argv[at + 1] ?? '6379') : '6379');
    log(context, '*', 'oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo');
    log(
      context,
      '*',
      `Redis version=${version(context)}, bits=64, commit=00000000, modified=0, pid=${String(context.pid)}, just started`,
    );
    if (context.argv.length < 2)
      log(
        context,
        '#',
        'Warning: no config file specified, using the default config. In order to specify a config file use redis-server /path/to/redis.conf',
      );
    const listening = context.listen(port, BACKLOG);
    if (failed(listening)) {
      log(
        context,
        '#',
        `Warning: Could not create server TCP listening socket *:${String(port)}: bind: Address already in use`,
      );
      log(context, '#', `Failed listening on port ${String(port)} (tcp), aborting.`);
      context.exit(1);
      return;
    }
    log(context, '*', `Running mode=standalone, port=${String(port)}.`);
    log(context, '*', 'Server initialized');
    log(context, '*', 'Ready to accept connections tcp');
    context.state = { data: {}, expires: {}, pending: {} } satisfies RedisState;
    context.catchSignals(['SIGTERM', 'SIGINT']);
  },
  onSegment(context, segment, connection) {
    if (segment.type !== 'bytes') return;
    const state = context.state as RedisState;
    const text = (state.pending[String(connection.id)] ?? '') + decodeUtf8(segment.bytes);
    const { commands, rest } = readCommands(text);
    context.state = { ...state, pending: { ...state.pending, [String(connection.id)]: rest } };
    for (const command of commands) {
      const reply = runCommand(context, command);
      context.send(connection.id, { type: 'bytes', bytes: encodeUtf8(reply) });
      if (command[0]?.toUpperCase() === 'QUIT') context.close(connection.id);
    }
    context.cpu(10 * commands.length);
  },
  onClosed(context, connection) {
    const state = context.state as RedisState;
    const { [String(connection.id)]: _, ...pending } = state.pending;
    context.state = { ...state, pending };
  },
  onSignal(context, signal) {
    log(context, '*', `Received ${signal} scheduling shutdown...`);
    log(context, '*', 'User requested shutdown...');
    log(context, '#', 'Redis is now ready to exit, bye bye...');
    context.exit(0);
  },
};

function log(context: ReactiveContext, level: string, message: string): void {
  const ms = Math.floor(context.time().realtimeUs / 1000);
  const { year, month, day, hour, minute, second } = civilFromUnix(Math.floor(ms / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  context.print(
    `${String(context.pid)}:M ${two(day)} ${MONTHS[month - 1] ?? ''} ${String(year)} ${two(hour)}:${two(minute)}:${two(second)}.${String(ms % 1000).padStart(3, '0')} ${level} ${message}\n`,
  );
}

/** Whole commands of a text, RESP arrays or inline, and what is left. */
function readCommands(text: string): { readonly commands: readonly (readonly string[])[]; readonly rest: string } {
  const commands: string[][] = [];
  let rest = text;
  for (;;) {
    const end = rest.indexOf('\r\n') >= 0 ? rest.indexOf('\r\n') : rest.indexOf('\n');
    if (end < 0) return { commands, rest };
    const width = rest.charAt(end) === '\r' ? 2 : 1;
    if (!rest.startsWith('*')) {
      const words = rest
        .slice(0, end)
        .trim()
        .split(/\s+/)
        .filter((word) => word !== '');
      if (words.length > 0) commands.push(words);
      rest = rest.slice(end + width);
      continue;
    }
    const count = Number(rest.slice(1, end));
    let at = end + 2;
    const words: string[] = [];
    while (words.length < count) {
      const lineEnd = rest.indexOf('\r\n', at);
      if (lineEnd < 0) return { commands, rest };
      const length = Number(rest.slice(at + 1, lineEnd));
      if (rest.length < lineEnd + 2 + length + 2) return { commands, rest };
      words.push(rest.slice(lineEnd + 2, lineEnd + 2 + length));
      at = lineEnd + 2 + length + 2;
    }
    commands.push(words);
    rest = rest.slice(at);
  }
}
