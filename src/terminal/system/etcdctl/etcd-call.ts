/** What the commands of etcdctl share: asking with the connection of the command line, failing as etcdctl fails. */
import type { JsonObject } from '../../../protocol/plain.ts';
import type { Options } from '../../coreutils/command.ts';
import type { PlainCall } from '../plain-program.ts';
import { strftime } from '../../strftime.ts';
import { callEtcd, type EtcdConnection, type EtcdReply } from './etcd-client.ts';
import { etcdJson } from './etcd-output.ts';

export const ETCD_CLIENT_VERSION = '3.6.8';
/** Its exit status for an output format that a command has not. */
export const BAD_FEATURE = 4;

export interface EtcdCall extends PlainCall {
  readonly options: Options;
  /** Operands after the command's own words. */
  readonly operands: readonly string[];
  readonly connection: EtcdConnection;
}
export type Format = 'simple' | 'fields' | 'json' | 'table';

export const formatOf = ({ options }: EtcdCall): string => options.value('w') ?? 'simple';

export async function fail(call: Pick<EtcdCall, 'io'>, message: string, status = 1): Promise<number> {
  await call.io.raw(`Error: ${message}\n`);
  return status;
}

/** zap's JSON lines. */
export const logLine = (call: Pick<EtcdCall, 'process'>, fields: JsonObject): string => {
  const { level = 'info', ...more } = fields;
  const ts = `${strftime('%Y-%m-%dT%H:%M:%S', call.process.time().realtimeUs)}.${String(call.process.time().realtimeUs % 1e6).padStart(6, '0')}Z`;
  return `${etcdJson({ level, ts, ...more })}\n`;
};

/** The first endpoint that answers; a number is the exit status after a complaint. */
export async function askAny(
  call: EtcdCall,
  method: string,
  path: string,
  body: JsonObject = {},
): Promise<JsonObject | number> {
  const { connection, io, process } = call;
  const startedUs = process.time().realtimeUs;
  let last: EtcdReply = { type: 'unreachable', reason: 'no endpoint' };
  for (const endpoint of connection.endpoints) {
    last = await callEtcd(process, connection, endpoint, path, body);
    if (last.type !== 'unreachable') break;
  }
  if (last.type === 'answer') return last.body;
  if (last.type === 'refused') {
    if (!last.message.startsWith('drydock:')) return await fail(call, last.message);
    await io.raw(`${last.message}\n`);
    return 1;
  }
  // The client goes on trying until its time is over.
  await process.sleepUntil(startedUs + connection.timeoutUs);
  await io.raw(
    logLine(call, {
      level: 'warn',
      logger: 'etcd-client',
      caller: `v3@v${ETCD_CLIENT_VERSION}/retry_interceptor.go:65`,
      msg: 'retrying of unary invoker failed',
      target: `etcd-endpoints://0xc0000e8000/${(connection.endpoints[0] ?? '').replace(/^https?:\/\//, '')}`,
      method: `/etcdserverpb.${method}`,
      attempt: 0,
      error: deadline(last.reason),
    }),
  );
  return await fail(call, 'context deadline exceeded');
}

export const deadline = (reason: string): string =>
  `rpc error: code = DeadlineExceeded desc = latest balancer error: last connection error: connection error: desc = ${JSON.stringify(reason)}`;
