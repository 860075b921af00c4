/** The commands of redis over its data: each answers its RESP reply. */
import { fnmatchRegExp } from '../../../../formats/glob.ts';
import { encodeUtf8 } from '../../../../protocol/bytes.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import type { ReactiveContext } from '../../kernel/reactive/reactive.ts';

type Value =
  | { readonly type: 'string'; readonly text: string }
  | { readonly type: 'list'; readonly items: readonly string[] }
  | { readonly type: 'hash'; readonly fields: Readonly<Record<string, string>> };
export interface RedisState {
  readonly [key: string]: Plain;
  readonly data: Readonly<Record<string, Value>>;
  readonly expires: Readonly<Record<string, number>>;
  readonly pending: Readonly<Record<string, string>>;
}

/** One command at one instant. */
interface Call {
  readonly context: ReactiveContext;
  readonly state: RedisState;
  readonly nowMs: number;
  /** In capitals. */
  readonly name: string;
  readonly args: readonly string[];
  /** The value of the first argument's key, unless it has expired. */
  readonly held: Value | undefined;
  readonly alive: (key: string) => Value | undefined;
  readonly put: (key: string, value: Value) => void;
}

export const version = (context: ReactiveContext): string => context.env['REDIS_VERSION'] ?? '7.4.5';

const bulk = (text: string | undefined): string =>
  text === undefined ? '$-1\r\n' : `$${String(encodeUtf8(text).length)}\r\n${text}\r\n`;
const integer = (value: number): string => `:${String(value)}\r\n`;
const array = (items: readonly string[]): string => `*${String(items.length)}\r\n${items.map(bulk).join('')}`;
const WRONG_TYPE = '-WRONGTYPE Operation against a key holding the wrong kind of value\r\n';

export function runCommand(context: ReactiveContext, [name = '', ...args]: readonly string[]): string {
  const state = context.state as RedisState;
  const nowMs = Math.floor(context.time().realtimeUs / 1000);
  const alive = (key: string): Value | undefined =>
    (state.expires[key] ?? Infinity) <= nowMs ? undefined : state.data[key];
  const put = (key: string, value: Value): void => {
    const { [key]: _, ...others } = state.data;
    context.state = { ...state, data: { ...others, [key]: value } };
  };
  const call: Call = {
    context,
    state,
    nowMs,
    name: name.toUpperCase(),
    args,
    held: alive(args[0] ?? ''),
    alive,
    put,
  };
  return (
    runServer(call) ??
    runString(call) ??
    runKeys(call) ??
    runCollection(call) ??
    `-ERR unknown command '${name}', with args beginning with: ${args.map((arg) => `'${arg}' `).join('')}\r\n`
  );
}

/** About the connection and the server. */
function runServer({ context, name, args }: Call): string | undefined {
  switch (name) {
    case 'PING':
      return args[0] === undefined ? '+PONG\r\n' : bulk(args[0]);
    case 'QUIT':
      return '+OK\r\n';
    case 'COMMAND':
    case 'CONFIG':
      return array([]);
    case 'INFO':
      return bulk(
        `# Server\r\nredis_version:${version(context)}\r\nredis_mode:standalone\r\nprocess_id:${String(context.pid)}\r\ntcp_port:6379\r\n# Replication\r\nrole:master\r\nconnected_slaves:0\r\n`,
      );
    default:
      return undefined;
  }
}

function runString({ name, args, held, put }: Call): string | undefined {
  const [key = '', second = ''] = args;
  const arity = `-ERR wrong number of arguments for '${name.toLowerCase()}' command\r\n`;
  switch (name) {
    case 'SET':
      if (args.length < 2) return arity;
      put(key, { type: 'string', text: second });
      return '+OK\r\n';
    case 'GET':
      if (args.length !== 1) return arity;
      return held === undefined ? bulk(undefined) : held.type === 'string' ? bulk(held.text) : WRONG_TYPE;
    case 'INCR':
    case 'DECR':
    case 'INCRBY': {
      if (held !== undefined && held.type !== 'string') return WRONG_TYPE;
      const before = Number(held?.text ?? '0');
      if (!Number.isInteger(before)) return '-ERR value is not an integer or out of range\r\n';
      const after = before + (name === 'DECR' ? -1 : name === 'INCRBY' ? Number(second) : 1);
      put(key, { type: 'string', text: String(after) });
      return integer(after);
    }
    default:
      return undefined;
  }
}

/** Keys of any kind, and their expiry. */
function runKeys({ context, state, nowMs, name, args, held, alive }: Call): string | undefined {
  const [key = '', second = ''] = args;
  switch (name) {
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
      const pattern = fnmatchRegExp(key);
      return array(Object.keys(state.data).filter((each) => pattern.test(each) && alive(each) !== undefined));
    }
    case 'DBSIZE':
      return integer(Object.keys(state.data).filter((each) => alive(each) !== undefined).length);
    case 'FLUSHALL':
    case 'FLUSHDB':
      context.state = { ...state, data: {}, expires: {} };
      return '+OK\r\n';
    case 'EXPIRE':
      if (held === undefined) return integer(0);
      context.state = { ...state, expires: { ...state.expires, [key]: nowMs + Number(second) * 1000 } };
      return integer(1);
    case 'TTL': {
      const expires = state.expires[key];
      return integer(held === undefined ? -2 : expires === undefined ? -1 : Math.ceil((expires - nowMs) / 1000));
    }
    default:
      return undefined;
  }
}

/** Lists and hashes; undefined for any other command. */
function runCollection({ name, args, held, put }: Call): string | undefined {
  const [key = '', second = ''] = args;
  switch (name) {
    case 'LPUSH':
    case 'RPUSH': {
      if (held !== undefined && held.type !== 'list') return WRONG_TYPE;
      const items =
        name === 'LPUSH'
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
