/**
 * The kubeconfig files and what they mean together.
 * Models: --kubeconfig, KUBECONFIG with several files, ~/.kube/config, contexts, the service account of a pod.
 * Leaves out: exec plugins and auth providers.
 */
import { bytesToText } from '../../text.ts';
import { decodeBase64, decodeUtf8 } from '../../../protocol/bytes.ts';
import { failed } from '../../../protocol/errno.ts';
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import type { Process } from '../../../protocol/program.ts';
import { parseGoDurationMs } from '../../../formats/duration.ts';
import { isJsonObject } from '../../../formats/json.ts';
import { parseYaml } from '../../../formats/yaml.ts';
import type { Flags } from '../framework/flags.ts';
import { fatal } from './fatal.ts';

export interface NamedEntry {
  readonly name: string;
  readonly body: JsonObject;
}

export interface KubeConfig {
  readonly clusters: readonly NamedEntry[];
  readonly contexts: readonly NamedEntry[];
  readonly users: readonly NamedEntry[];
  readonly currentContext: string;
  readonly preferences: JsonObject;
}

export interface Connection {
  /** URL of the server. */
  readonly server: string;
  readonly namespace: string;
  /** True if the namespace came from a flag. */
  readonly namespaceGiven: boolean;
  readonly insecure: boolean;
  readonly authorityPem?: string;
  readonly serverName?: string;
  readonly clientCertificatePem?: string;
  readonly token?: string;
  readonly impersonate?: string;
  readonly impersonateGroups: readonly string[];
  /** Of --request-timeout; 0 for none. */
  readonly timeoutMs: number;
}

const EMPTY: KubeConfig = { clusters: [], contexts: [], users: [], currentContext: '', preferences: {} };
const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The files to read, in order, and the one that changes are written to. */
export function configPaths(process: Process, flags: Flags): readonly string[] {
  const given = flags.string('kubeconfig');
  if (given !== '') return [given];
  const listed = (process.env['KUBECONFIG'] ?? '').split(':').filter((path) => path !== '');
  if (listed.length > 0) return listed;
  return [`${process.env['HOME'] ?? '/root'}/.kube/config`];
}

/** Reads and merges the files; the first to name something wins. */
export function loadConfig(process: Process, flags: Flags): KubeConfig {
  const explicit = flags.string('kubeconfig');
  let merged = EMPTY;
  for (const path of configPaths(process, flags)) {
    const config = readConfigFile(process, path);
    if (config === undefined) {
      if (path === explicit) fatal(`stat ${path}: no such file or directory`);
      continue;
    }
    merged = {
      clusters: mergeNamed(merged.clusters, config.clusters),
      contexts: mergeNamed(merged.contexts, config.contexts),
      users: mergeNamed(merged.users, config.users),
      currentContext: merged.currentContext === '' ? config.currentContext : merged.currentContext,
      preferences: { ...config.preferences, ...merged.preferences },
    };
  }
  return merged;
}

/** One file; undefined if it does not exist. */
export function readConfigFile(process: Process, path: string): KubeConfig | undefined {
  const bytes = process.readFile(path);
  if (failed(bytes)) {
    if (bytes.errno === 'ENOENT' || bytes.errno === 'ENOTDIR') return undefined;
    return path === '/dev/null'
      ? EMPTY
      : fatal(
          `error loading config file "${path}": open ${path}: ${bytes.errno === 'EACCES' ? 'permission denied' : 'is a directory'}`,
        );
  }
  const parsed = parseYaml(bytesToText(bytes));
  if (!parsed.ok) return fatal(`error loading config file "${path}": ${parsed.error.message}`);
  const body = isJsonObject(parsed.value) ? (parsed.value as JsonObject) : {};
  return {
    clusters: named(body['clusters'], 'cluster'),
    contexts: named(body['contexts'], 'context'),
    users: named(body['users'], 'user'),
    currentContext: textOf(body['current-context']),
    preferences: objectOf(body['preferences']),
  };
}

function named(list: JsonValue, member: string): NamedEntry[] {
  if (!Array.isArray(list)) return [];
  return (list as readonly JsonValue[]).filter(isJsonObject).map((item) => {
    const entry = item as JsonObject;
    return { name: textOf(entry['name']), body: objectOf(entry[member]) };
  });
}

function mergeNamed(first: readonly NamedEntry[], second: readonly NamedEntry[]): NamedEntry[] {
  return [...first, ...second.filter(({ name }) => !first.some((entry) => entry.name === name))];
}

const textOf = (value: JsonValue): string => (typeof value === 'string' ? value : '');
const objectOf = (value: JsonValue): JsonObject => (isJsonObject(value) ? value : {});

/** What flags and files say about the server to talk to. */
export function connectionOf(process: Process, flags: Flags, config: KubeConfig): Connection {
  const contextName = flags.string('context') === '' ? config.currentContext : flags.string('context');
  const context = config.contexts.find(({ name }) => name === contextName)?.body;
  if (context === undefined && flags.string('context') !== '') fatal(`context "${contextName}" does not exist`);
  const clusterName = flags.string('cluster') === '' ? textOf(context?.['cluster']) : flags.string('cluster');
  const userName = flags.string('user') === '' ? textOf(context?.['user']) : flags.string('user');
  const cluster = config.clusters.find(({ name }) => name === clusterName)?.body;
  const user = config.users.find(({ name }) => name === userName)?.body;
  const inPod = cluster === undefined && flags.string('server') === '' ? serviceAccount(process) : undefined;
  const given = flags.string('namespace');
  const namespace = given !== '' ? given : inPod !== undefined ? inPod.namespace : textOf(context?.['namespace']);
  const authority =
    flags.string('certificate-authority') !== ''
      ? fileText(process, flags.string('certificate-authority'))
      : pem(process, cluster, 'certificate-authority');
  const token = flags.string('token') !== '' ? flags.string('token') : (inPod?.token ?? tokenOf(process, user));
  const certificate = pem(process, user, 'client-certificate');
  const insecure = flags.bool('insecure-skip-tls-verify') || cluster?.['insecure-skip-tls-verify'] === true;
  const server =
    flags.string('server') !== '' ? flags.string('server') : (inPod?.server ?? textOf(cluster?.['server']));
  const serverName = flags.string('tls-server-name');
  const trusted = inPod?.authority ?? authority;
  return {
    server: server === '' ? 'http://localhost:8080' : server,
    namespace: namespace === '' ? 'default' : namespace,
    namespaceGiven: given !== '',
    insecure,
    ...(trusted === undefined ? {} : { authorityPem: trusted }),
    ...(serverName === '' ? {} : { serverName }),
    ...(certificate === undefined ? {} : { clientCertificatePem: certificate }),
    ...(token === undefined || token === '' ? {} : { token }),
    ...(flags.string('as') === '' ? {} : { impersonate: flags.string('as') }),
    impersonateGroups: flags.list('as-group'),
    timeoutMs: requestTimeoutMs(flags.string('request-timeout')),
  };
}

function requestTimeoutMs(text: string): number {
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  return (
    parseGoDurationMs(text) ??
    fatal(
      'Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)',
    )
  );
}

function tokenOf(process: Process, user: JsonObject | undefined): string | undefined {
  const token = textOf(user?.['token']);
  if (token !== '') return token;
  const file = textOf(user?.['tokenFile']);
  return file === '' ? undefined : fileText(process, file)?.trim();
}

function pem(process: Process, body: JsonObject | undefined, member: string): string | undefined {
  const data = textOf(body?.[`${member}-data`]);
  if (data !== '') {
    const bytes = decodeBase64(data);
    return bytes === undefined ? undefined : decodeUtf8(bytes);
  }
  const path = textOf(body?.[member]);
  return path === '' ? undefined : fileText(process, path);
}

function fileText(process: Process, path: string): string | undefined {
  const bytes = process.readFile(path);
  return failed(bytes) ? undefined : bytesToText(bytes);
}

function serviceAccount(
  process: Process,
): { server: string; token: string; namespace: string; authority: string | undefined } | undefined {
  const host = process.env['KUBERNETES_SERVICE_HOST'];
  const port = process.env['KUBERNETES_SERVICE_PORT'];
  const token = fileText(process, `${ACCOUNT}/token`);
  if (host === undefined || port === undefined || token === undefined) return undefined;
  return {
    server: `https://${host}:${port}`,
    token,
    namespace: fileText(process, `${ACCOUNT}/namespace`) ?? 'default',
    authority: fileText(process, `${ACCOUNT}/ca.crt`),
  };
}
