/** etcdctl endpoint, member, alarm and snapshot. */
import type { JsonObject } from '../../../protocol/plain.ts';
import { decodeBase64 } from '../../../protocol/bytes.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import { callEtcd, inBase64 } from './etcd-client.ts';
import { askAny, deadline, ETCD_CLIENT_VERSION, fail, formatOf, logLine, type EtcdCall } from './etcd-call.ts';
import { etcdJson, etcdTable, goDuration, hexId, humanSize, listOf, objectOf, textOf } from './etcd-output.ts';

/** The endpoints that --cluster asks for are those of the members. */
async function endpointsOf(call: EtcdCall): Promise<readonly string[] | number> {
  if (!call.options.has('cluster')) return call.connection.endpoints;
  const answer = await askAny(call, 'Cluster/MemberList', '/v3/cluster/member/list');
  if (typeof answer === 'number') return answer;
  return listOf(answer['members']).flatMap(({ clientURLs }) =>
    Array.isArray(clientURLs) ? clientURLs.map(String) : [],
  );
}

export async function endpointHealth(call: EtcdCall): Promise<number> {
  const { connection, io, process } = call;
  const endpoints = await endpointsOf(call);
  if (typeof endpoints === 'number') return endpoints;
  const healths: {
    readonly endpoint: string;
    readonly health: boolean;
    readonly took: string;
    readonly error?: string;
  }[] = [];
  for (const endpoint of endpoints) {
    const beganUs = process.time().monotonicUs;
    const reply = await callEtcd(process, connection, endpoint, '/v3/kv/range', {
      key: inBase64('health'),
      keys_only: true,
    });
    if (reply.type === 'unreachable') await process.sleepUntil(process.time().realtimeUs + connection.timeoutUs);
    const took = goDuration(process.time().monotonicUs - beganUs);
    const healthy = reply.type !== 'unreachable';
    if (!healthy)
      await io.raw(
        logLine(call, {
          level: 'warn',
          logger: 'client',
          caller: `v3@v${ETCD_CLIENT_VERSION}/retry_interceptor.go:65`,
          msg: 'retrying of unary invoker failed',
          target: `etcd-endpoints://0xc0000e8000/${endpoint.replace(/^https?:\/\//, '')}`,
          method: '/etcdserverpb.KV/Range',
          attempt: 0,
          error: deadline(reply.reason),
        }),
      );
    healths.push({ endpoint, health: healthy, took, ...(healthy ? {} : { error: 'context deadline exceeded' }) });
  }
  const format = formatOf(call);
  if (format === 'json') io.line(JSON.stringify(healths));
  else if (format === 'table') {
    const rows = healths.map(({ endpoint, health, took, error }) => [endpoint, String(health), took, error ?? '']);
    for (const line of etcdTable(['ENDPOINT', 'HEALTH', 'TOOK', 'ERROR'], rows)) io.line(line);
  } else
    for (const { endpoint, took, error } of healths) {
      if (error === undefined) io.line(`${endpoint} is healthy: successfully committed proposal: took = ${took}`);
      else await io.raw(`${endpoint} is unhealthy: failed to commit proposal: ${error}\n`);
    }
  if (healths.every(({ health }) => health)) return await io.end(0);
  await io.flush();
  return await fail(call, 'unhealthy cluster');
}

const STATUS_TITLES = [
  'ENDPOINT',
  'ID',
  'VERSION',
  'STORAGE VERSION',
  'DB SIZE',
  'IN USE',
  'PERCENTAGE NOT IN USE',
  'QUOTA',
  'IS LEADER',
  'IS LEARNER',
  'RAFT TERM',
  'RAFT INDEX',
  'RAFT APPLIED INDEX',
  'ERRORS',
  'DOWNGRADE TARGET VERSION',
  'DOWNGRADE ENABLED',
];

function statusRow(endpoint: string, status: JsonObject): readonly string[] {
  const member = objectOf(status['header'])['member_id'];
  const [size, used] = [Number(status['dbSize']), Number(status['dbSizeInUse'])];
  return [
    endpoint,
    hexId(member),
    textOf(status['version']),
    textOf(status['storageVersion']),
    humanSize(size),
    humanSize(used),
    `${String(Math.trunc((1 - used / Math.max(1, size)) * 100))}%`,
    humanSize(Number(status['dbSizeQuota'])),
    String(member === status['leader']),
    'false',
    textOf(status['raftTerm']),
    textOf(status['raftIndex']),
    textOf(status['raftAppliedIndex']),
    '',
    '',
    'false',
  ];
}

export async function endpointStatus(call: EtcdCall): Promise<number> {
  const { connection, io, process } = call;
  const endpoints = await endpointsOf(call);
  if (typeof endpoints === 'number') return endpoints;
  const found: (readonly [endpoint: string, status: JsonObject])[] = [];
  for (const endpoint of endpoints) {
    const reply = await callEtcd(process, connection, endpoint, '/v3/maintenance/status');
    if (reply.type === 'answer') found.push([endpoint, reply.body]);
    else {
      await process.sleepUntil(process.time().realtimeUs + connection.timeoutUs);
      await io.raw(`Failed to get the status of endpoint ${endpoint} (context deadline exceeded)\n`);
    }
  }
  const rows = found.map(([endpoint, status]) => statusRow(endpoint, status));
  const format = formatOf(call);
  if (format === 'json') io.line(`[${found.map(([Endpoint, Status]) => etcdJson({ Endpoint, Status })).join(',')}]`);
  else
    for (const line of format === 'table' ? etcdTable(STATUS_TITLES, rows) : rows.map((row) => row.join(', ')))
      io.line(line);
  return await io.end(found.length === endpoints.length ? 0 : 1);
}

export async function memberList(call: EtcdCall): Promise<number> {
  const { io } = call;
  const answer = await askAny(call, 'Cluster/MemberList', '/v3/cluster/member/list');
  if (typeof answer === 'number') return answer;
  const rows = listOf(answer['members']).map(({ ID, name, peerURLs, clientURLs }) => [
    hexId(ID),
    'started',
    textOf(name),
    Array.isArray(peerURLs) ? peerURLs.join(',') : '',
    Array.isArray(clientURLs) ? clientURLs.join(',') : '',
    'false',
  ]);
  const format = formatOf(call);
  if (format === 'json') io.line(etcdJson(answer));
  else
    for (const line of format === 'table'
      ? etcdTable(['ID', 'STATUS', 'NAME', 'PEER ADDRS', 'CLIENT ADDRS', 'IS LEARNER'], rows)
      : rows.map((row) => row.join(', ')))
      io.line(line);
  return await io.end(0);
}

export async function snapshotSave(call: EtcdCall): Promise<number> {
  const { connection, io, process } = call;
  const [path, extra] = call.operands;
  if (path === undefined || extra !== undefined) {
    const message = `snapshot save expects one argument`;
    return await fail(call, message, 128);
  }
  const [endpoint = ''] = connection.endpoints;
  if (connection.endpoints.length > 1)
    return await fail(
      call,
      `snapshot must be requested to one selected node, not multiple [${connection.endpoints.join(' ')}]`,
    );
  const answer = await askAny(call, 'Maintenance/Snapshot', '/v3/maintenance/snapshot');
  if (typeof answer === 'number') return answer;
  const bytes = decodeBase64(textOf(objectOf(answer['result'])['blob'])) ?? new Uint8Array();
  const logs: readonly JsonObject[] = [
    { caller: 'snapshot/v3_snapshot.go:83', msg: 'created temporary db file', path: `${path}.part` },
    {
      logger: 'client',
      caller: `v3@v${ETCD_CLIENT_VERSION}/maintenance.go:236`,
      msg: 'opened snapshot stream; downloading',
    },
    { caller: 'snapshot/v3_snapshot.go:96', msg: 'fetching snapshot', endpoint },
    {
      logger: 'client',
      caller: `v3@v${ETCD_CLIENT_VERSION}/maintenance.go:302`,
      msg: 'completed snapshot read; closing',
    },
    {
      caller: 'snapshot/v3_snapshot.go:111',
      msg: 'fetched snapshot',
      endpoint,
      size: humanSize(bytes.length),
      took: 'now',
      'etcd-version': ETCD_CLIENT_VERSION,
    },
    { caller: 'snapshot/v3_snapshot.go:121', msg: 'saved', path },
  ];
  const written = process.writeFile(path, bytes, { mode: 0o600 });
  if (failed(written))
    return await fail(call, `could not open ${path}.part (open ${path}.part: ${strerror(written).toLowerCase()})`, 5);
  for (const log of logs) await io.raw(logLine(call, log));
  io.line(`Snapshot saved at ${path}`);
  io.line(`Server version ${ETCD_CLIENT_VERSION}`);
  return await io.end(0);
}
