/**
 * What nginx does, compiled from its directives.
 * Models: servers by port and name, locations (exact, prefix, regular expression), root, alias, index, return, try_files,
 * error_page, autoindex, stub_status, add_header, access_log off, error_log's level.
 * Leaves out: upstreams and every other module; directives of those are accepted and named on stderr.
 */
import { expressionFault } from './expressions.ts';
import type { Directive } from './config-syntax.ts';

export interface Location {
  readonly kind: 'exact' | 'prefix' | 'prefix-first' | 'regex' | 'regex-any-case';
  readonly pattern: string;
  readonly rules: Rules;
}

/** What a server or a location says; a location inherits what it does not say. */
export interface Rules {
  readonly root?: string;
  readonly alias?: string;
  readonly index?: readonly string[];
  readonly return?: { readonly status: number; readonly text?: string };
  readonly tryFiles?: readonly string[];
  readonly errorPages?: Readonly<Record<string, string>>;
  readonly autoindex?: boolean;
  readonly stubStatus?: true;
  readonly addHeaders?: readonly (readonly [string, string])[];
  readonly accessLog?: string | false;
  readonly defaultType?: string;
  readonly deny?: true;
  readonly proxyPass?: string;
}

export interface ServerBlock {
  readonly ports: readonly number[];
  readonly defaultFor: readonly number[];
  readonly names: readonly string[];
  readonly rules: Rules;
  readonly locations: readonly Location[];
}

export interface Site {
  readonly servers: readonly ServerBlock[];
  readonly types: Readonly<Record<string, string>>;
  readonly daemon: boolean;
  /** `auto` or a number. */
  readonly workers: string;
  readonly notices: boolean;
  /** Whom workers run as, and where that is said. */
  readonly user: { readonly name: string; readonly where: string } | undefined;
  readonly notSimulated: readonly string[];
}

function userOf(top: readonly Directive[]): Site['user'] {
  const found = top.findLast(({ name }) => name === 'user');
  return found === undefined ? undefined : { name: found.args[0] ?? '', where: `${found.file}:${String(found.line)}` };
}

/** Directives that exist in nginx and that this model accepts without acting on them: they change nothing it shows. */
const NEUTRAL = new Set([
  'user',
  'pid',
  'events',
  'worker_connections',
  'use',
  'multi_accept',
  'sendfile',
  'tcp_nopush',
  'tcp_nodelay',
  'keepalive_timeout',
  'keepalive_requests',
  'log_format',
  'gzip',
  'gzip_types',
  'gzip_vary',
  'gzip_min_length',
  'gzip_comp_level',
  'gzip_proxied',
  'gzip_static',
  'server_tokens',
  'client_max_body_size',
  'client_body_buffer_size',
  'large_client_header_buffers',
  'types_hash_max_size',
  'server_names_hash_bucket_size',
  'worker_rlimit_nofile',
  'charset',
  'expires',
  'etag',
  'resolver',
  'open_file_cache',
  'proxy_set_header',
  'proxy_http_version',
  'proxy_read_timeout',
  'proxy_connect_timeout',
  'proxy_send_timeout',
  'proxy_redirect',
  'proxy_buffering',
  'internal',
  'aio',
  'log_not_found',
  'reset_timedout_connection',
  'client_body_timeout',
  'client_header_timeout',
  'send_timeout',
  'absolute_redirect',
  'port_in_redirect',
  'server_name_in_redirect',
  'pcre_jit',
  'load_module',
  'env',
  'worker_cpu_affinity',
  'worker_shutdown_timeout',
  'error_log',
  'client_body_temp_path',
  'proxy_temp_path',
  'fastcgi_temp_path',
  'uwsgi_temp_path',
  'scgi_temp_path',
]);
/** Real directives whose effect is missing here. */
const ABSENT = new Set([
  'upstream',
  'stream',
  'mail',
  'map',
  'geo',
  'split_clients',
  'rewrite',
  'set',
  'if',
  'limit_req',
  'limit_req_zone',
  'limit_conn',
  'limit_conn_zone',
  'limit_rate',
  'auth_basic',
  'auth_basic_user_file',
  'auth_request',
  'fastcgi_pass',
  'fastcgi_param',
  'fastcgi_index',
  'uwsgi_pass',
  'grpc_pass',
  'proxy_cache',
  'proxy_cache_path',
  'ssl_certificate',
  'ssl_certificate_key',
  'ssl_protocols',
  'ssl_ciphers',
  'sub_filter',
  'real_ip_header',
  'set_real_ip_from',
  'ssi',
  'mirror',
  'dav_methods',
]);
const ACTED_ON = new Set([
  'http',
  'server',
  'location',
  'listen',
  'server_name',
  'root',
  'alias',
  'index',
  'return',
  'try_files',
  'error_page',
  'autoindex',
  'stub_status',
  'add_header',
  'access_log',
  'default_type',
  'types',
  'daemon',
  'worker_processes',
  'master_process',
  'deny',
  'allow',
  'proxy_pass',
]);

/** Compiles directives; an unknown one is nginx's own error. */
export function compileSite(
  directives: readonly Directive[],
  globals: readonly Directive[],
): Site | { readonly error: string } {
  const unknown = findUnknown(directives);
  if (unknown !== undefined)
    return { error: `unknown directive "${unknown.name}" in ${unknown.file}:${String(unknown.line)}` };
  const fault = expressionFault(directives);
  if (fault !== undefined) return { error: fault };
  const notSimulated: string[] = [];
  collectAbsent(directives, notSimulated);
  const top = [...directives, ...globals];
  const http = top.filter(({ name }) => name === 'http').flatMap(({ block }) => block ?? []);
  const defaults = rulesOf(http);
  const servers = http.filter(({ name }) => name === 'server').map(({ block }) => serverOf(block ?? [], defaults));
  const last = (name: string): string | undefined => top.findLast((directive) => directive.name === name)?.args[0];
  const level = top.findLast(({ name }) => name === 'error_log')?.args[1] ?? 'error';
  return {
    servers,
    types: typesOf(http),
    daemon: last('daemon') !== 'off',
    workers: last('worker_processes') ?? '1',
    notices: ['debug', 'info', 'notice'].includes(level),
    user: userOf(top),
    notSimulated: [...new Set(notSimulated)],
  };
}

function findUnknown(directives: readonly Directive[]): Directive | undefined {
  for (const directive of directives) {
    const { name, block } = directive;
    if (!ACTED_ON.has(name) && !NEUTRAL.has(name) && !ABSENT.has(name)) return directive;
    // The block of `types` has extensions for names, that of an absent directive is its own business.
    const inner = block === undefined || name === 'types' || ABSENT.has(name) ? undefined : findUnknown(block);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function collectAbsent(directives: readonly Directive[], into: string[]): void {
  for (const { name, block } of directives) {
    if (ABSENT.has(name)) into.push(name);
    if (block !== undefined && name !== 'types') collectAbsent(block, into);
  }
}

function typesOf(http: readonly Directive[]): Readonly<Record<string, string>> {
  const types: Record<string, string> = {};
  for (const { name, block } of http) {
    if (name === 'types')
      for (const { name: type, args } of block ?? []) for (const extension of args) types[extension] = type;
  }
  return types;
}

function serverOf(block: readonly Directive[], defaults: Rules): ServerBlock {
  const listens = block.filter(({ name }) => name === 'listen');
  const ports =
    listens.length === 0 ? [80] : listens.map(({ args }) => Number(/(?:^|:)(\d+)$/.exec(args[0] ?? '')?.[1] ?? '80'));
  const defaultFor = listens.flatMap(({ args }, index) =>
    args.includes('default_server') ? [ports[index] ?? 80] : [],
  );
  const rules = { ...defaults, ...rulesOf(block) };
  return {
    ports: [...new Set(ports)],
    defaultFor,
    names: block.filter(({ name }) => name === 'server_name').flatMap(({ args }) => args),
    rules,
    locations: block.filter(({ name }) => name === 'location').map((directive) => locationOf(directive, rules)),
  };
}

const KINDS: Readonly<Record<string, Location['kind']>> = {
  '=': 'exact',
  '^~': 'prefix-first',
  '~': 'regex',
  '~*': 'regex-any-case',
};

function locationOf({ args, block }: Directive, defaults: Rules): Location {
  const [first = '/', second] = args;
  const inherited = { ...defaults };
  delete (inherited as { return?: unknown }).return;
  const rules = { ...inherited, ...rulesOf(block ?? []) };
  return second === undefined
    ? { kind: 'prefix', pattern: first, rules }
    : { kind: KINDS[first] ?? 'prefix', pattern: second, rules };
}

function rulesOf(block: readonly Directive[]): Rules {
  const rules: { -readonly [K in keyof Rules]: Rules[K] } = {};
  for (const { name, args } of block) {
    const [first = '', ...rest] = args;
    switch (name) {
      case 'root':
        rules.root = first.replace(/\/$/, '');
        break;
      case 'alias':
        rules.alias = first;
        break;
      case 'index':
        rules.index = args;
        break;
      case 'return':
        rules.return = /^\d+$/.test(first)
          ? { status: Number(first), ...(rest[0] === undefined ? {} : { text: rest[0] }) }
          : { status: 302, text: first };
        break;
      case 'try_files':
        rules.tryFiles = args;
        break;
      case 'error_page':
        rules.errorPages = {
          ...rules.errorPages,
          ...Object.fromEntries(args.slice(0, -1).map((code) => [code, args.at(-1) ?? ''])),
        };
        break;
      case 'autoindex':
        rules.autoindex = first === 'on';
        break;
      case 'stub_status':
        rules.stubStatus = true;
        break;
      case 'add_header':
        rules.addHeaders = [...(rules.addHeaders ?? []), [first.toLowerCase(), rest[0] ?? '']];
        break;
      case 'access_log':
        rules.accessLog = first === 'off' ? false : first;
        break;
      case 'default_type':
        rules.defaultType = first;
        break;
      case 'deny':
        if (first === 'all') rules.deny = true;
        break;
      case 'proxy_pass':
        rules.proxyPass = first;
        break;
    }
  }
  return rules;
}

/** The server block for a port and a Host header. */
export function chooseServer(site: Site, port: number, host: string): ServerBlock | undefined {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  const here = site.servers.filter(({ ports }) => ports.includes(port));
  const matches = (pattern: string): boolean =>
    pattern === name ||
    (pattern.startsWith('*.') && name.endsWith(pattern.slice(1))) ||
    (pattern.startsWith('~') && new RegExp(pattern.slice(1)).test(name));
  return (
    here.find(({ names }) => names.some(matches)) ?? here.find(({ defaultFor }) => defaultFor.includes(port)) ?? here[0]
  );
}

/** The location of a path: exact, then `^~`, then regular expressions in order, then the longest prefix. */
export function chooseLocation(server: ServerBlock, path: string): Location | undefined {
  const { locations } = server;
  const exact = locations.find(({ kind, pattern }) => kind === 'exact' && pattern === path);
  if (exact !== undefined) return exact;
  let longest: Location | undefined;
  for (const location of locations) {
    if (
      (location.kind === 'prefix' || location.kind === 'prefix-first') &&
      path.startsWith(location.pattern) &&
      location.pattern.length > (longest?.pattern.length ?? 0)
    ) {
      longest = location;
    }
  }
  if (longest?.kind === 'prefix-first') return longest;
  const expression = locations.find(
    ({ kind, pattern }) =>
      (kind === 'regex' && new RegExp(pattern).test(path)) ||
      (kind === 'regex-any-case' && new RegExp(pattern, 'i').test(path)),
  );
  return expression ?? longest;
}
