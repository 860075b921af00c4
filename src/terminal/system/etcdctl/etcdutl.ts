/**
 * etcdutl 3.6.
 * Models: snapshot status of a file that `etcdctl snapshot save` wrote here, version.
 * Leaves out: restore, defragmentation, hashes and migration: there is no data directory to work on.
 */
import { crc32 } from '../../../formats/crc32.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import { parseOptions } from '../../coreutils/command.ts';
import { bytesToText } from '../../text.ts';
import { notSimulated, plainProgram, type PlainCall } from '../plain-program.ts';
import { ETCD_CLIENT_VERSION, fail } from './etcd-call.ts';
import { etcdTable, humanSize } from './etcd-output.ts';

export const etcdutl = plainProgram('etcdutl', async (call) => {
  const { io } = call;
  const options = parseOptions(call.args, {
    name: 'etcdutl',
    short: 'w:',
    long: { 'write-out': 'w', 'data-dir': 'd:' },
  });
  if ('problem' in options) return await fail(call, options.problem);
  const [noun = '', verb = '', path] = options.operands;
  if (noun === 'version') {
    io.line(`etcdutl version: ${ETCD_CLIENT_VERSION}\nAPI version: 3.6`);
    return await io.end(0);
  }
  if (`${noun} ${verb}` !== 'snapshot status') return await notSimulated(io, `etcdutl ${noun} ${verb}`.trimEnd());
  if (path === undefined) return await fail(call, 'snapshot status requires exactly one argument', 128);
  return await status(call, path, options.value('w') ?? 'simple');
});

async function status(call: PlainCall, path: string, format: string): Promise<number> {
  const { io, process } = call;
  const bytes = process.readFile(path);
  if (failed(bytes)) return await fail(call, `stat ${path}: ${strerror(bytes).toLowerCase()}`);
  const saved = parseSnapshot(bytesToText(bytes));
  if (saved === undefined) return await fail(call, 'snapshot file integrity check failed. db file is corrupted.');
  const hash = crc32(bytes);
  const { revision, keys } = saved;
  if (format === 'json')
    io.line(JSON.stringify({ hash, revision, totalKey: keys, totalSize: bytes.length, version: '3.6.0' }));
  else {
    const row = [hash.toString(16), String(revision), String(keys), humanSize(bytes.length), '3.6.0'];
    const titles = ['HASH', 'REVISION', 'TOTAL KEYS', 'TOTAL SIZE', 'STORAGE VERSION'];
    for (const line of format === 'table' ? etcdTable(titles, [row]) : [row.join(', ')]) io.line(line);
  }
  return await io.end(0);
}

function parseSnapshot(text: string): { readonly revision: number; readonly keys: number } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('revision' in value) || !('entries' in value))
      return undefined;
    const { revision, entries } = value;
    return typeof revision === 'number' && Array.isArray(entries) ? { revision, keys: entries.length } : undefined;
  } catch {
    return undefined;
  }
}
