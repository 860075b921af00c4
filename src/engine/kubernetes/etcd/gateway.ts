/**
 * What etcd answers on its client port, in the JSON of its gRPC gateway (api/etcdserverpb/rpc.proto).
 * Models: range, put, deleterange and compaction, status, members, snapshot, version and health.
 * Leaves out: transactions, watches, leases, authentication; the protobuf form of what Kubernetes stores: values below
 * /registry are objects here, and whoever asks for their bytes is told so.
 */
import { decodeBase64, decodeUtf8, encodeBase64, encodeUtf8 } from '../../../protocol/bytes.ts';
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import type { Entry, Store } from './store.ts';

/** Who answers: identifiers are hexadecimal. */
export interface Member {
  readonly clusterId: string;
  readonly memberId: string;
  readonly name: string;
  readonly version: string;
  readonly clientUrl: string;
  readonly peerUrl: string;
}
export interface GatewayAnswer {
  readonly status: number;
  readonly body: JsonObject;
}

const RAFT_TERM = 2;
/** Below it lies what the API server stores. */
const REGISTRY = '/registry/';
const UNIMPLEMENTED = 12;
const INVALID_ARGUMENT = 3;
const OUT_OF_RANGE = 11;

/** Answers one request; undefined for a path that etcd does not have. */
export function answerGateway(
  store: Store,
  member: Member,
  path: string,
  request: JsonObject,
): GatewayAnswer | undefined {
  switch (path) {
    case '/v3/kv/range':
      return range(store, member, request);
    case '/v3/kv/put':
      return put(store, member, request);
    case '/v3/kv/deleterange':
      return deleteRange(store, member, request);
    case '/v3/kv/compaction':
      store.compact(Number(request['revision'] ?? 0));
      return good({ header: header(store, member) });
    case '/v3/maintenance/status':
      return good(status(store, member));
    case '/v3/maintenance/snapshot':
      return good({ result: { header: header(store, member), remaining_bytes: '0', blob: snapshotBlob(store) } });
    case '/v3/cluster/member/list':
      return good({ header: header(store, member), members: [memberRow(member)] });
    case '/version':
      return good({ etcdserver: member.version, etcdcluster: member.version, storage: minor(member) });
    case '/health':
      return good({ health: 'true', reason: '' });
    default:
      return undefined;
  }
}

const good = (body: JsonObject): GatewayAnswer => ({ status: 200, body });
const refuse = (httpStatus: number, code: number, message: string): GatewayAnswer => ({
  status: httpStatus,
  body: { error: message, code, message },
});
const minor = ({ version }: Member): string => version.replace(/\.\d+$/, '.0');
const decimal = (hexadecimal: string): string => BigInt(`0x${hexadecimal}`).toString();

const header = (store: Store, { clusterId, memberId }: Member): JsonObject => ({
  cluster_id: decimal(clusterId),
  member_id: decimal(memberId),
  revision: String(store.revision),
  raft_term: String(RAFT_TERM),
});

const memberRow = ({ memberId, name, peerUrl, clientUrl }: Member): JsonObject => ({
  ID: decimal(memberId),
  name,
  peerURLs: [peerUrl],
  clientURLs: [clientUrl],
});

/** Text of a bytes field, which JSON has in base64. */
const bytesField = (request: JsonObject, name: string): string => {
  const value = request[name];
  return typeof value === 'string' ? decodeUtf8(decodeBase64(value) ?? encodeUtf8('')) : '';
};

/** Entries from `key` up to `range_end`, which is left out; `\0` means all that follow. */
function selected(store: Store, request: JsonObject): readonly Entry[] | GatewayAnswer {
  const key = bytesField(request, 'key');
  const end = bytesField(request, 'range_end');
  if (key === '') return refuse(400, INVALID_ARGUMENT, 'etcdserver: key is not provided');
  const revision = Number(request['revision'] ?? 0);
  const found = store.range('', { from: key === '\0' ? '' : key, ...(revision > 0 ? { atRevision: revision } : {}) });
  if ('error' in found) return refuse(400, OUT_OF_RANGE, found.error);
  if (end === '') return found.entries.filter((entry) => entry.key === key);
  return end === '\0' ? found.entries : found.entries.filter((entry) => entry.key < end);
}

function range(store: Store, member: Member, request: JsonObject): GatewayAnswer {
  const entries = selected(store, request);
  if ('status' in entries) return entries;
  const count = String(entries.length);
  const wantsKeysOnly = request['keys_only'] === true;
  if (request['count_only'] === true) return good({ header: header(store, member), count });
  const limit = Number(request['limit'] ?? 0);
  const ordered = sorted(entries, request);
  const shown = limit > 0 ? ordered.slice(0, limit) : ordered;
  const kvs: JsonValue[] = [];
  for (const entry of shown) {
    const value = wantsKeysOnly ? undefined : valueBytes(entry);
    if (value === 'object') return refuseBytes(entry.key);
    kvs.push({ ...keyRow(entry), ...(value === undefined ? {} : { value }) });
  }
  return good({
    header: header(store, member),
    ...(kvs.length === 0 ? {} : { kvs }),
    ...(shown.length < ordered.length ? { more: true } : {}),
    count,
  });
}

const ORDERS: Readonly<Record<string, (entry: Entry) => string | number>> = {
  KEY: ({ key }) => key,
  VERSION: ({ version }) => version,
  CREATE: ({ createRevision }) => createRevision,
  MOD: ({ modRevision }) => modRevision,
};

function sorted(entries: readonly Entry[], request: JsonObject): readonly Entry[] {
  const by = ORDERS[String(request['sort_target'] ?? 'KEY')] ?? (({ key }: Entry): string => key);
  const order = request['sort_order'];
  if (order !== 'ASCEND' && order !== 'DESCEND') return entries;
  const sign = order === 'ASCEND' ? 1 : -1;
  return entries.toSorted((a, b) => (by(a) < by(b) ? -sign : by(a) > by(b) ? sign : 0));
}

const keyRow = ({ key, createRevision, modRevision, version }: Entry): JsonObject => ({
  key: encodeBase64(encodeUtf8(key)),
  create_revision: String(createRevision),
  mod_revision: String(modRevision),
  version: String(version),
});

/** Base64 of what etcdctl put; `object` for what the API server stored. */
function valueBytes({ value }: Entry): string {
  const bytes = value['bytes'];
  return typeof bytes === 'string' && value['kind'] === undefined ? bytes : 'object';
}

const refuseBytes = (key: string): GatewayAnswer =>
  refuse(
    501,
    UNIMPLEMENTED,
    `drydock: '${key}' is kept as an object; the protobuf bytes that Kubernetes stores are not simulated (keys are: --keys-only)`,
  );

function put(store: Store, member: Member, request: JsonObject): GatewayAnswer {
  const key = bytesField(request, 'key');
  if (key === '') return refuse(400, INVALID_ARGUMENT, 'etcdserver: key is not provided');
  if (key.startsWith(REGISTRY))
    return refuse(501, UNIMPLEMENTED, `drydock: writing '${key}' past the API server is not simulated`);
  const bytes = typeof request['value'] === 'string' ? request['value'] : '';
  const previous = store.get(key);
  store.put(key, () => ({ bytes }));
  return good({
    header: header(store, member),
    ...(request['prev_kv'] === true && previous !== undefined
      ? { prev_kv: { ...keyRow(previous), value: valueBytes(previous) } }
      : {}),
  });
}

/** Watchers of the API server see what was deleted, with the revision of the deletion. */
function deleteRange(store: Store, member: Member, request: JsonObject): GatewayAnswer {
  const entries = selected(store, request);
  if ('status' in entries) return entries;
  for (const { key } of entries) store.delete(key, lastState);
  return good({ header: header(store, member), ...(entries.length === 0 ? {} : { deleted: String(entries.length) }) });
}

function lastState(last: JsonObject, revision: number): JsonObject {
  const metadata = last['metadata'];
  return typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata)
    ? { ...last, metadata: { ...metadata, resourceVersion: String(revision) } }
    : last;
}

/** Sizes are those of the values as JSON, since there is no file of pages; the log has one entry for each revision and none for leases and members. */
function status(store: Store, member: Member): JsonObject {
  const size = String(snapshotText(store).length);
  return {
    header: header(store, member),
    version: member.version,
    dbSize: size,
    leader: decimal(member.memberId),
    raftIndex: String(store.revision),
    raftTerm: String(RAFT_TERM),
    raftAppliedIndex: String(store.revision),
    dbSizeInUse: size,
    storageVersion: minor(member),
    dbSizeQuota: '2147483648',
  };
}

const snapshotBlob = (store: Store): string => encodeBase64(encodeUtf8(snapshotText(store)));

/** All keys at this revision: a form of this sandbox, not bbolt's. */
function snapshotText(store: Store): string {
  const all = store.range('');
  const entries = 'error' in all ? [] : all.entries;
  return JSON.stringify({ drydock: 'etcd snapshot', revision: store.revision, entries });
}
