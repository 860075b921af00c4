/**
 * etcdctl 3.6.
 * Models: get, put, del, compaction, endpoint health and status, member list, alarm list, snapshot save, version; flags and
 * ETCDCTL_* variables for endpoints and certificates; simple, fields, json and table output.
 * Leaves out: watch, txn, leases, locks, users and roles, and changes of the membership.
 */
import { parseOptions } from '../../coreutils/command.ts';
import { notSimulated, plainProgram, type PlainCall } from '../plain-program.ts';
import { connectionOf } from './etcd-client.ts';
import { BAD_FEATURE, ETCD_CLIENT_VERSION, fail, type EtcdCall } from './etcd-call.ts';
import { endpointHealth, endpointStatus, memberList, snapshotSave } from './etcd-cluster.ts';
import { groupHelp } from './etcd-groups.ts';
import { compaction, del, get, put } from './etcd-keys.ts';

const long = (...names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name.replace(/:$/, ''), name]));
const SPEC = {
  name: 'etcdctl',
  short: 'w:h',
  long: {
    'write-out': 'w',
    ...long(
      'endpoints:',
      'cacert:',
      'cert:',
      'key:',
      'command-timeout:',
      'dial-timeout:',
      'order:',
      'sort-by:',
      'limit:',
      'rev:',
    ),
    ...long('prefix', 'from-key', 'keys-only', 'count-only', 'print-value-only', 'prev-kv', 'cluster', 'consistency:'),
    ...long(
      'insecure-skip-tls-verify',
      'insecure-transport',
      'hex',
      'debug',
      'user:',
      'password:',
      'help',
      'ignore-value',
    ),
  },
};
const FORMATS = ['simple', 'fields', 'json', 'table'];
const UNMODELLED = new Set([
  'auth',
  'check',
  'defrag',
  'downgrade',
  'elect',
  'lease',
  'lock',
  'make-mirror',
  'move-leader',
  'role',
  'txn',
  'user',
  'watch',
  'member add',
  'member remove',
  'member update',
  'member promote',
  'alarm disarm',
  'endpoint hashkv',
]);

type Command = (call: EtcdCall) => Promise<number>;
const COMMANDS: Readonly<Record<string, Command>> = {
  get,
  put,
  del,
  compact: compaction,
  compaction,
  'endpoint health': endpointHealth,
  'endpoint status': endpointStatus,
  'member list': memberList,
  'snapshot save': snapshotSave,
  'alarm list': async ({ io }) => await io.end(0),
};

export const etcdctl = plainProgram('etcdctl', async (call) => {
  const { io, process } = call;
  const options = parseOptions(call.args, SPEC);
  if ('problem' in options) return await fail(call, goProblem(options.problem));
  const [first, second] = options.operands;
  if (first === undefined || options.has('help') || options.has('h') || first === 'help') return await help(call);
  if (first === 'version') {
    io.line(`etcdctl version: ${ETCD_CLIENT_VERSION}\nAPI version: 3.6`);
    return await io.end(0);
  }
  const missing = ['hex', 'user', 'ignore-value'].find((flag) => options.has(flag));
  if (missing !== undefined) return await notSimulated(io, `etcdctl --${missing}`);
  const [one, two] = [COMMANDS[first], COMMANDS[`${first} ${second ?? ''}`]];
  const command = one ?? two;
  if (command === undefined) {
    const name = [first, `${first} ${second ?? ''}`].find((each) => UNMODELLED.has(each));
    if (name !== undefined) return await notSimulated(io, `etcdctl ${name}`);
    const shown = await groupHelp(call, first);
    if (shown !== undefined) return shown;
    await io.raw(`Error: unknown command ${JSON.stringify(first)} for "etcdctl"\nRun 'etcdctl --help' for usage.\n`);
    return 1;
  }
  const format = options.value('w') ?? 'simple';
  if (format === 'protobuf') return await notSimulated(io, 'etcdctl --write-out=protobuf');
  if (!FORMATS.includes(format)) return await fail(call, 'unsupported output format', BAD_FEATURE);
  const connection = connectionOf(process, options);
  if (typeof connection === 'string') return await fail(call, connection, 128);
  return await command({ ...call, options, operands: options.operands.slice(one === undefined ? 2 : 1), connection });
});

/** getopt's complaint in cobra's words. */
const goProblem = (problem: string): string =>
  problem
    .replace(/^unrecognized option '(.*)'$/, 'unknown flag: $1')
    .replace(/^invalid option -- '(.)'$/, "unknown shorthand flag: '$1' in -$1")
    .replace(/^option '(.*)' requires an argument$/, 'flag needs an argument: $1');

async function help({ io }: PlainCall): Promise<number> {
  io.line('NAME:\n\tetcdctl - A simple command line client for etcd3.\n\nUSAGE:\n\tetcdctl [flags]\n');
  io.line(`VERSION:\n\t${ETCD_CLIENT_VERSION}\n\nAPI VERSION:\n\t3.6\n\nCOMMANDS:`);
  for (const name of [...Object.keys(COMMANDS), ...UNMODELLED, 'version'].toSorted()) io.line(`\t${name}`);
  return await io.end(0);
}
