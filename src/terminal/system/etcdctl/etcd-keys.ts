/** etcdctl get, put, del and compaction. */
import type { JsonObject } from '../../../protocol/plain.ts';
import { readAll } from '../../io.ts';
import { failed } from '../../../protocol/errno.ts';
import { bytesToText } from '../../text.ts';
import { inBase64 } from './etcd-client.ts';
import { askAny, BAD_FEATURE, fail, formatOf, type EtcdCall } from './etcd-call.ts';
import { etcdJson, headerFields, listOf, objectOf, plainText, textOf } from './etcd-output.ts';

/** Where a range of keys ends: `prefix` with its last byte one higher, or all that follow. */
function rangeOf({ options, operands }: EtcdCall): JsonObject | string {
  const [key = '', end] = operands;
  const [prefix, fromKey] = [options.has('prefix'), options.has('from-key')];
  if (prefix && fromKey) return '`--prefix` and `--from-key` cannot be set at the same time, choose one';
  if (end !== undefined) {
    if (prefix || fromKey) return 'too many arguments, only accept one argument when `--prefix` or `--from-key` is set';
    return { key: inBase64(key), range_end: inBase64(end) };
  }
  if (fromKey) return { key: inBase64(key === '' ? '\0' : key), range_end: inBase64('\0') };
  if (!prefix) return { key: inBase64(key) };
  if (key === '') return { key: inBase64('\0'), range_end: inBase64('\0') };
  const stem = key.slice(0, -1);
  return { key: inBase64(key), range_end: inBase64(stem + String.fromCharCode(key.charCodeAt(key.length - 1) + 1)) };
}

export async function get(call: EtcdCall): Promise<number> {
  const { options, operands, io } = call;
  const format = formatOf(call);
  const range = operands.length === 0 && !options.has('prefix') && !options.has('from-key') ? undefined : rangeOf(call);
  if (range === undefined)
    return await fail(call, 'get command needs one argument as key and an optional argument as range_end', 128);
  if (typeof range === 'string') return await fail(call, range, 128);
  if (options.has('count-only') && format !== 'fields')
    return await fail(call, '--count-only is only for `--write-out=fields`', 128);
  if (options.has('keys-only') && options.has('count-only'))
    return await fail(call, '`--keys-only` and `--count-only` cannot be set at the same time, choose one', 128);
  if (format === 'table') return await fail(call, 'table is not supported as output format', BAD_FEATURE);
  const order = options.value('order')?.toUpperCase() ?? '';
  const target = options.value('sort-by')?.toUpperCase();
  const answer = await askAny(call, 'KV/Range', '/v3/kv/range', {
    ...range,
    ...(options.has('keys-only') ? { keys_only: true } : {}),
    ...(options.has('count-only') ? { count_only: true } : {}),
    ...(options.has('limit') ? { limit: options.value('limit') ?? '0' } : {}),
    ...(options.has('rev') ? { revision: options.value('rev') ?? '0' } : {}),
    ...(order === '' ? {} : { sort_order: order }),
    ...(target === undefined
      ? {}
      : { sort_target: target === 'MODIFY' ? 'MOD' : target, ...(order === '' ? { sort_order: 'ASCEND' } : {}) }),
  });
  if (typeof answer === 'number') return answer;
  if (format === 'json') io.line(etcdJson(answer));
  else if (format === 'fields') io.out(fieldsOf(answer));
  else
    for (const kv of listOf(answer['kvs'])) {
      if (!options.has('print-value-only')) io.line(plainText(kv['key']));
      io.line(plainText(kv['value']));
    }
  return await io.end(0);
}

function fieldsOf(answer: JsonObject): string {
  const rows = listOf(answer['kvs']).flatMap((kv) => [
    `"Key" : ${JSON.stringify(plainText(kv['key']))}`,
    `"CreateRevision" : ${textOf(kv['create_revision'])}`,
    `"ModRevision" : ${textOf(kv['mod_revision'])}`,
    `"Version" : ${textOf(kv['version'])}`,
    `"Value" : ${JSON.stringify(plainText(kv['value']))}`,
    '"Lease" : 0',
  ]);
  const lines = [
    ...headerFields(objectOf(answer['header'])),
    ...rows,
    `"More" : ${String(answer['more'] === true)}`,
    `"Count" : ${textOf(answer['count'])}`,
  ];
  return `${lines.join('\n')}\n`;
}

export async function put(call: EtcdCall): Promise<number> {
  const { operands, io, options, process } = call;
  const [key, given, extra] = operands;
  if (key === undefined || extra !== undefined)
    return await fail(call, 'put command needs 1 argument and input from stdin or 2 arguments', 128);
  const piped = given === undefined ? await readAll(process, 0) : undefined;
  const value = given ?? (piped === undefined || failed(piped) ? '' : bytesToText(piped));
  const answer = await askAny(call, 'KV/Put', '/v3/kv/put', {
    key: inBase64(key),
    value: inBase64(value),
    ...(options.has('prev-kv') ? { prev_kv: true } : {}),
  });
  if (typeof answer === 'number') return answer;
  if (formatOf(call) === 'json') io.line(etcdJson(answer));
  else {
    io.line('OK');
    const previous = objectOf(answer['prev_kv']);
    if (options.has('prev-kv') && previous['key'] !== undefined)
      io.line(`${plainText(previous['key'])}\n${plainText(previous['value'])}`);
  }
  return await io.end(0);
}

export async function del(call: EtcdCall): Promise<number> {
  const { operands, io, options } = call;
  if (operands.length === 0 && !options.has('prefix') && !options.has('from-key'))
    return await fail(call, 'del command needs one argument as key and an optional argument as range_end', 128);
  const range = rangeOf(call);
  if (typeof range === 'string') return await fail(call, range, 128);
  const answer = await askAny(call, 'KV/DeleteRange', '/v3/kv/deleterange', range);
  if (typeof answer === 'number') return answer;
  io.line(formatOf(call) === 'json' ? etcdJson(answer) : textOf(answer['deleted']) || '0');
  return await io.end(0);
}

export async function compaction(call: EtcdCall): Promise<number> {
  const [revision] = call.operands;
  if (revision === undefined) return await fail(call, 'compaction command needs 1 argument', 128);
  if (!/^\d+$/.test(revision))
    return await fail(call, `strconv.ParseInt: parsing ${JSON.stringify(revision)}: invalid syntax`);
  const answer = await askAny(call, 'KV/Compact', '/v3/kv/compaction', { revision });
  if (typeof answer === 'number') return answer;
  call.io.line(`compacted revision ${revision}`);
  return await call.io.end(0);
}
