/**
 * redis-server.
 * Models: RESP and inline commands over a subset of strings, hashes, lists, sets, expiry and INFO.
 * Leaves out: persistence, replication, scripting, clustering, publish and subscribe.
 */
import { decodeUtf8, encodeUtf8 } from '../../../../protocol/bytes.ts';
import { failed } from '../../../../protocol/errno.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import type { ReactiveContext, ReactiveProgram } from '../../kernel/reactive.ts';
import { civilFromUnix } from '../../../sim/clock.ts';

type Value =
  | { readonly type: 'string'; readonly text: string }
  | { readonly type: 'list'; readonly items: readonly string[] }
  | { readonly type: 'hash'; readonly fields: Readonly<Record<string, string>> };
interface RedisState {
  readonly [key: string]: Plain;
  readonly data: Readonly<Record<string, Value>>;
  readonly expires: Readonly<Record<string, number>>;
  readonly pending: Readonly<Record<string, string>>;
}

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
    const listening = context.listen(port);
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
      const reply = run(context, command);
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

const version = (context: ReactiveContext): string => context.env['REDIS_VERSION'] ?? '7.4.5';

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

const bulk = (text: string | undefined): string =>
  text === undefined ? '$-1\r\n' : `$${String(encodeUtf8(text).length)}\r\n${text}\r\n`;
const integer = (value: number): string => `:${String(value)}\r\n`;
const array = (items: readonly string[]): string => `*${String(items.length)}\r\n${items.map(bulk).join('')}`;
const WRONG_TYPE = '-WRONGTYPE Operation against a key holding the wrong kind of value\r\n';

function run(context: ReactiveContext, [name = '', ...args]: readonly string[]): string {
  const state = context.state as RedisState;
  const nowMs = Math.floor(context.time().realtimeUs / 1000);
  const alive = (key: string): Value | undefined =>
    (state.expires[key] ?? Infinity) <= nowMs ? undefined : state.data[key];
  const put = (key: string, value: Value | undefined): void => {
    const { [key]: _, ...others } = state.data;
    context.state = { ...state, data: value === undefined ? others : { ...others, [key]: value } };
  };
  const [key = '', second = ''] = args;
  const held = alive(key);
  const arity = `-ERR wrong number of arguments for '${name.toLowerCase()}' command\r\n`;
  switch (name.toUpperCase()) {
    case 'PING':
      return args.length === 0 ? '+PONG\r\n' : bulk(key);
    case 'QUIT':
      return '+OK\r\n';
    case 'COMMAND':
    case 'CONFIG':
      return array([]);
    case 'SET':
      if (args.length < 2) return arity;
      put(key, { type: 'string', text: second });
      return '+OK\r\n';
    case 'GET':
      if (args.length !== 1) return arity;
      return held === undefined ? bulk(undefined) : held.type === 'string' ? bulk(held.text) : WRONG_TYPE;
    case 'DEL':
      return integer(
        args.filter((each) => {
          const there = alive(each) !== undefined;
          const { [each]: _, ...data } = (context.state as RedisState).data;
          context.state = { ...context.state, data };
          return there;
        }).length,
      );
    case 'EXISTS':
      return integer(args.filter((each) => alive(each) !== undefined).length);
    case 'KEYS': {
      const pattern = new RegExp(
        `^${key
          .replace(/[.+^${}()|\\]/g, '\\$&')
          .replaceAll('*', '.*')
          .replaceAll('?', '.')}$`,
      );
      return array(Object.keys(state.data).filter((each) => pattern.test(each) && alive(each) !== undefined));
    }
    case 'DBSIZE':
      return integer(Object.keys(state.data).filter((each) => alive(each) !== undefined).length);
    case 'FLUSHALL':
    case 'FLUSHDB':
      context.state = { ...state, data: {}, expires: {} };
      return '+OK\r\n';
    case 'INCR':
    case 'DECR':
    case 'INCRBY': {
      if (held !== undefined && held.type !== 'string') return WRONG_TYPE;
      const before = Number(held?.text ?? '0');
      if (!Number.isInteger(before)) return '-ERR value is not an integer or out of range\r\n';
      const after =
        before + (name.toUpperCase() === 'DECR' ? -1 : name.toUpperCase() === 'INCRBY' ? Number(second) : 1);
      put(key, { type: 'string', text: String(after) });
      return integer(after);
    }
    case 'EXPIRE':
      if (held === undefined) return integer(0);
      context.state = { ...state, expires: { ...state.expires, [key]: nowMs + Number(second) * 1000 } };
      return integer(1);
    case 'TTL': {
      const expires = state.expires[key];
      return integer(held === undefined ? -2 : expires === undefined ? -1 : Math.ceil((expires - nowMs) / 1000));
    }
    case 'INFO':
      return bulk(
        `# Server\r\nredis_version:${version(context)}\r\nredis_mode:standalone\r\nprocess_id:${String(context.pid)}\r\ntcp_port:6379\r\n# Replication\r\nrole:master\r\nconnected_slaves:0\r\n`,
      );
    default:
      return (
        runCollection(name, args, held, put) ??
        `-ERR unknown command '${name}', with args beginning with: ${args.map((arg) => `'${arg}' `).join('')}\r\n`
      );
  }
}

/** Lists and hashes; undefined for any other command. */
function runCollection(
  name: string,
  args: readonly string[],
  held: Value | undefined,
  put: (key: string, value: Value) => void,
): string | undefined {
  const [key = '', second = ''] = args;
  switch (name.toUpperCase()) {
    case 'LPUSH':
    case 'RPUSH': {
      if (held !== undefined && held.type !== 'list') return WRONG_TYPE;
      const items =
        name.toUpperCase() === 'LPUSH'
          ? [...args.slice(1).toReversed(), ...(held?.items ?? [])]
          : [...(held?.items ?? []), ...args.slice(1)];
      put(key, { type: 'list', items });
      return integer(items.length);
    }
    case 'LRANGE': {
      if (held !== undefined && held.type !== 'list') return WRONG_TYPE;
      const items = held?.items ?? [];
      const index = (text: string): number => (Number(text) < 0 ? items.length + Number(text) : Number(text));
      return array(items.slice(index(second), index(args[2] ?? '-1') + 1));
    }
    case 'HSET': {
      if (held !== undefined && held.type !== 'hash') return WRONG_TYPE;
      const fields = { ...held?.fields };
      let added = 0;
      for (let i = 1; i + 1 < args.length; i += 2) {
        if (fields[args[i] ?? ''] === undefined) added += 1;
        fields[args[i] ?? ''] = args[i + 1] ?? '';
      }
      put(key, { type: 'hash', fields });
      return integer(added);
    }
    case 'HGET':
      return held !== undefined && held.type !== 'hash' ? WRONG_TYPE : bulk(held?.fields[second]);
    case 'HGETALL':
      return held !== undefined && held.type !== 'hash' ? WRONG_TYPE : array(Object.entries(held?.fields ?? {}).flat());
    case 'ECHO':
      return bulk(key);
    default:
      return undefined;
  }
}
