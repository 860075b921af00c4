/**
 * nginx: master and workers in one process record plus one per worker.
 * Models: configuration test, start, access and error logs, reload, reopen, quick and graceful shutdown.
 * Leaves out: what site.ts names, keep-alive limits, a daemon of its own.
 */
import { decodeUtf8 } from '../../../../../protocol/bytes.ts';
import { failed, strerror, type ErrnoName } from '../../../../../protocol/errno.ts';
import type { Signal } from '../../../../../protocol/program.ts';
import { signalNumber } from '../../../../../protocol/program.ts';
import { civilFromUnix } from '../../../../sim/clock.ts';
import type { ReactiveContext, ReactiveProgram, ReactiveState } from '../../../kernel/reactive/reactive.ts';
import { parseConfig, type Directive } from './config-syntax.ts';
import { KERNEL_RELEASE } from '../../../../versions.ts';
import { logDate } from '../http-dates.ts';
import { answer } from './respond.ts';
import { compileSite, type Site } from './site.ts';

/** NGX_LISTEN_BACKLOG of Linux. */
const BACKLOG = 511;

const CONFIG = '/etc/nginx/nginx.conf';
const PID_FILE = '/run/nginx.pid';
const TEMP_DIRECTORIES = ['client_temp', 'proxy_temp', 'fastcgi_temp', 'uwsgi_temp', 'scgi_temp'];
const ERRNO_NUMBERS: Partial<Record<ErrnoName, number>> = {
  ENOENT: 2,
  EPERM: 1,
  EACCES: 13,
  EEXIST: 17,
  EROFS: 30,
  EADDRINUSE: 98,
  EADDRNOTAVAIL: 99,
};

interface NginxState {
  readonly site: Site;
  readonly workers: readonly number[];
  readonly connections: number;
}
const stateOf = (context: ReactiveContext): NginxState => context.state as unknown as NginxState;
const setState = (context: ReactiveContext, state: NginxState): void => {
  context.state = state as unknown as ReactiveState;
};

export const nginx: ReactiveProgram = {
  name: 'nginx',
  memoryBytes: 7 * 1024 * 1024,
  start: (context) => startNginx(context, context.argv.slice(1)),
  onRequest(context, request, connection) {
    const state = stateOf(context);
    const version = versionOf(context);
    const number = state.connections + 1;
    setState(context, { ...state, connections: number });
    const given = answer(context, state.site, { request, port: connection.port, remote: connection.peer.ip, version });
    const { headers } = request;
    const worker = state.workers[number % Math.max(1, state.workers.length)] ?? context.pid;
    const line = `${request.method} ${request.target} HTTP/1.1`;
    if (given.error !== undefined) {
      context.print(
        `${logTime(context)} [error] ${String(worker)}#${String(worker)}: *${String(number)} ${given.error}, client: ${connection.peer.ip}, server: ${given.serverName}, request: "${line}", host: "${headers['host'] ?? ''}"\n`,
        2,
      );
    }
    if (given.accessLog !== false) {
      const quoted = (name: string): string => `"${headers[name] ?? '-'}"`;
      const sent = request.method === 'HEAD' ? 0 : given.body.length;
      const entry = `${connection.peer.ip} - - [${logDate(Math.floor(context.time().realtimeUs / 1000))}] "${line}" ${String(given.status)} ${String(sent)} ${quoted('referer')} ${quoted('user-agent')} ${quoted('x-forwarded-for')}\n`;
      if (
        given.accessLog === undefined ||
        given.accessLog === '/var/log/nginx/access.log' ||
        given.accessLog === '/dev/stdout'
      )
        context.print(entry);
      else context.writeFile(given.accessLog, entry, { append: true });
    }
    context.cpu(60);
    const body = request.method === 'HEAD' || given.status === 304 ? {} : { body: { bytes: given.body } };
    return { status: given.status, headers: given.headers, ...body, delayUs: 150 };
  },
  onSignal(context, signal) {
    handleSignal(context, signal);
  },
};

/** Starts as `nginx ARGS` would; the image's entrypoint calls it in its own process. */
export function startNginx(context: ReactiveContext, args: readonly string[]): void {
  const option = (name: string): string | undefined => args[args.indexOf(name) + 1];
  const version = versionOf(context);
  if (args.includes('-v') || args.includes('-V')) {
    context.print(`nginx version: nginx/${version}\n`, 2);
    return context.exit(0);
  }
  const unknown = args.find(
    (arg, index) =>
      arg.startsWith('-') &&
      !['-g', '-t', '-T', '-q', '-s', '-c', '-p', '-e'].includes(arg) &&
      !['-g', '-s', '-c', '-p', '-e'].includes(args[index - 1] ?? ''),
  );
  if (unknown !== undefined) {
    context.print(`nginx: invalid option: "${unknown.replace(/^-/, '')}"\n`, 2);
    return context.exit(1);
  }
  const path = args.includes('-c') ? (option('-c') ?? CONFIG) : CONFIG;
  const site = loadSite(context, path, args.includes('-g') ? (option('-g') ?? '') : '');
  const testing = args.includes('-t') || args.includes('-T');
  if ('error' in site) {
    context.print(
      `${args.includes('-s') || testing ? '' : `${logTime(context)} [emerg] ${String(context.pid)}#${String(context.pid)}: ${site.error}\n`}nginx: [emerg] ${site.error}\n`,
      2,
    );
    if (testing) context.print(`nginx: configuration file ${path} test failed\n`, 2);
    return context.exit(1);
  }
  if (testing) {
    context.print(
      `nginx: the configuration file ${path} syntax is ok\nnginx: configuration file ${path} test is successful\n`,
      2,
    );
    return context.exit(0);
  }
  if (args.includes('-s')) return signalMaster(context, option('-s') ?? '');
  for (const name of site.notSimulated) context.print(`drydock: nginx directive '${name}' is not simulated\n`, 2);
  run(context, site, version);
}

function run(context: ReactiveContext, site: Site, version: string): void {
  const complain = (level: 'emerg' | 'warn', message: string): void => {
    context.print(
      `${logTime(context)} [${level}] ${String(context.pid)}#${String(context.pid)}: ${message}\nnginx: [${level}] ${message}\n`,
      2,
    );
  };
  const emergency = (message: string): void => {
    complain('emerg', message);
    context.exit(1);
  };
  if (context.uid !== 0 && site.user !== undefined)
    complain(
      'warn',
      `the "user" directive makes sense only if the master process runs with super-user privileges, ignored in ${site.user.where}`,
    );
  const problem = makeTempDirectories(context, site);
  if (problem !== undefined) return emergency(problem);
  const ports = [...new Set(site.servers.flatMap((server) => server.ports))];
  for (const port of ports) {
    const listening = context.listen(port, BACKLOG);
    if (failed(listening))
      return emergency(
        `bind() to 0.0.0.0:${String(port)} failed (${String(ERRNO_NUMBERS[listening.errno] ?? 5)}: ${strerror(listening)})`,
      );
  }
  const written = context.writeFile(PID_FILE, `${String(context.pid)}\n`);
  if (failed(written))
    return emergency(
      `open() "${PID_FILE}" failed (${String(ERRNO_NUMBERS[written.errno] ?? 5)}: ${strerror(written)})`,
    );
  context.setTitle(`nginx: master process ${context.argv.join(' ')}`);
  context.catchSignals(['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGHUP', 'SIGUSR1', 'SIGWINCH']);
  const before = [
    `using the "epoll" event method`,
    `nginx/${version}`,
    'built by gcc 12.2.0 (Debian 12.2.0-14) ',
    `OS: Linux ${KERNEL_RELEASE}`,
    'getrlimit(RLIMIT_NOFILE): 1048576:1048576',
    'start worker processes',
  ];
  const workers = forkWorkers(context, site);
  notices(context, site, [...before, ...workers.map((pid) => `start worker process ${String(pid)}`)]);
  setState(context, { site, workers, connections: 0 });
  if (site.daemon) context.exit(0);
}

/** Makes what is missing, and gives it to the workers' user where the master may choose one; answers what went wrong. */
function makeTempDirectories(context: ReactiveContext, site: Site): string | undefined {
  const uid = context.uid === 0 ? accountOf(context, site.user?.name ?? '') : undefined;
  for (const name of TEMP_DIRECTORIES) {
    const path = `/var/cache/nginx/${name}`;
    const made = context.mkdir(path);
    if (failed(made) && made.errno !== 'EEXIST')
      return `mkdir() "${path}" failed (${String(ERRNO_NUMBERS[made.errno] ?? 5)}: ${strerror(made)})`;
    const about = uid === undefined ? undefined : context.stat(path);
    if (uid === undefined || about === undefined || failed(about) || about.uid === uid) continue;
    const given = context.chown(path, uid, -1);
    if (failed(given))
      return `chown("${path}", ${String(uid)}) failed (${String(ERRNO_NUMBERS[given.errno] ?? 5)}: ${strerror(given)})`;
  }
  return undefined;
}

/** The number that the image's /etc/passwd gives a user. */
function accountOf(context: ReactiveContext, name: string): number | undefined {
  const accounts = context.readFile('/etc/passwd');
  const lines = failed(accounts) ? [] : decodeUtf8(accounts).split('\n');
  const uid = lines.find((line) => line.startsWith(`${name}:`))?.split(':')[2];
  return uid === undefined ? undefined : Number(uid);
}

function forkWorkers(context: ReactiveContext, site: Site): readonly number[] {
  const wanted = site.workers === 'auto' ? context.processors : Number(site.workers);
  const workers: number[] = [];
  for (let i = 0; i < wanted; i += 1) {
    const pid = context.forkWorker('nginx', ['nginx: worker process']);
    if (!failed(pid)) workers.push(pid);
  }
  return workers;
}

function notices(context: ReactiveContext, site: Site, messages: readonly string[], pid = context.pid): void {
  if (!site.notices) return;
  const prefix = `${logTime(context)} [notice] ${String(pid)}#${String(pid)}: `;
  context.print(messages.map((message) => `${prefix}${message}\n`).join(''), 2);
}

function handleSignal(context: ReactiveContext, signal: Signal): void {
  const { site, workers, connections } = stateOf(context);
  const received = `signal ${String(signalNumber(signal))} (${signal}) received`;
  switch (signal) {
    case 'SIGHUP': {
      notices(context, site, [`${received}, reconfiguring`, 'reconfiguring']);
      const next = loadSite(context, CONFIG, 'daemon off;');
      if ('error' in next) {
        context.print(`${logTime(context)} [emerg] ${String(context.pid)}#${String(context.pid)}: ${next.error}\n`, 2);
        return;
      }
      const old = new Set(site.servers.flatMap((server) => server.ports));
      for (const port of new Set(next.servers.flatMap((server) => server.ports)))
        if (!old.has(port)) context.listen(port, BACKLOG);
      for (const pid of workers) context.kill(pid, 'SIGKILL');
      const fresh = forkWorkers(context, next);
      notices(context, next, [
        `using the "epoll" event method`,
        'start worker processes',
        ...fresh.map((pid) => `start worker process ${String(pid)}`),
      ]);
      setState(context, { site: next, workers: fresh, connections });
      return;
    }
    case 'SIGUSR1':
      return notices(context, site, [`${received}, reopening logs`, 'reopening logs']);
    case 'SIGQUIT':
    case 'SIGTERM':
    case 'SIGINT': {
      const graceful = signal === 'SIGQUIT';
      notices(context, site, [graceful ? `${received}, shutting down` : `${received}, exiting`]);
      for (const pid of workers)
        notices(context, site, graceful ? ['gracefully shutting down', 'exiting', 'exit'] : ['exiting', 'exit'], pid);
      for (const pid of workers) {
        context.kill(pid, 'SIGKILL');
        notices(context, site, [
          `signal 17 (SIGCHLD) received from ${String(pid)}`,
          `worker process ${String(pid)} exited with code 0`,
        ]);
      }
      notices(context, site, ['exit']);
      context.unlink(PID_FILE);
      return context.exit(0);
    }
    default:
  }
}

function signalMaster(context: ReactiveContext, name: string): void {
  const signals: Readonly<Record<string, Signal>> = {
    stop: 'SIGTERM',
    quit: 'SIGQUIT',
    reload: 'SIGHUP',
    reopen: 'SIGUSR1',
  };
  const signal = signals[name];
  if (signal === undefined) {
    context.print(`nginx: invalid option: "-s ${name}"\n`, 2);
    return context.exit(1);
  }
  const text = context.readFile(PID_FILE);
  if (failed(text)) {
    context.print(`nginx: [error] open() "${PID_FILE}" failed (2: No such file or directory)\n`, 2);
    return context.exit(1);
  }
  context.print(
    `${logTime(context)} [notice] ${String(context.pid)}#${String(context.pid)}: signal process started\n`,
    2,
  );
  const sent = context.kill(Number(decodeUtf8(text)), signal);
  context.exit(failed(sent) ? 1 : 0);
}

type Included = readonly { readonly path: string; readonly text: string }[] | undefined;
interface Compiled {
  readonly site: Site | { readonly error: string };
  /** What was read besides the main file, in order. */
  readonly included: readonly { readonly pattern: string; readonly files: Included }[];
}
/** Sites by the text they were compiled from: replicas share one. */
const compiled = new Map<string, Compiled>();
const MAX_COMPILED = 256;

function loadSite(context: ReactiveContext, path: string, globals: string): Site | { readonly error: string } {
  const main = context.readFile(path);
  if (failed(main))
    return { error: `open() "${path}" failed (${String(ERRNO_NUMBERS[main.errno] ?? 5)}: ${strerror(main)})` };
  const text = decodeUtf8(main);
  const key = JSON.stringify([path, globals, text]);
  // Each pattern is read once, so that reading takes the same time whether or not the site is known.
  const read = new Map<string, Included>();
  const load = (pattern: string): Included => {
    const files = read.has(pattern) ? read.get(pattern) : readIncluded(context, pattern);
    read.set(pattern, files);
    return files;
  };
  const known = compiled.get(key);
  // The texts decide what is read next: where all are as they were, so is the site.
  if (known?.included.every(({ pattern, files }) => sameFiles(files, load(pattern))) === true) return known.site;
  const parsed = parseConfig(path, text, load);
  const extra = parseConfig('command line', globals, () => undefined);
  const site =
    'error' in parsed
      ? parsed
      : compileSite(parsed.directives, 'error' in extra ? ([] as readonly Directive[]) : extra.directives);
  if (compiled.size >= MAX_COMPILED) compiled.clear();
  compiled.set(key, { site, included: [...read].map(([pattern, files]) => ({ pattern, files })) });
  return site;
}

function sameFiles(a: Included, b: Included): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.length === b.length && a.every(({ path, text }, index) => b[index]?.path === path && b[index].text === text);
}

function readIncluded(context: ReactiveContext, pattern: string): Included {
  const cut = pattern.lastIndexOf('/');
  const directory = pattern.slice(0, cut);
  const name = pattern.slice(cut + 1);
  if (!name.includes('*')) {
    const bytes = context.readFile(pattern);
    return failed(bytes) ? undefined : [{ path: pattern, text: decodeUtf8(bytes) }];
  }
  const entries = context.readdir(directory);
  if (failed(entries)) return [];
  const [before = '', after = ''] = name.split('*');
  return entries
    .map((entry) => entry.name)
    .filter((entry) => entry.startsWith(before) && entry.endsWith(after) && !entry.startsWith('.'))
    .sort()
    .flatMap((entry) => {
      const bytes = context.readFile(`${directory}/${entry}`);
      return failed(bytes) ? [] : [{ path: `${directory}/${entry}`, text: decodeUtf8(bytes) }];
    });
}

/** The release that the image was built with. */
const versionOf = (context: ReactiveContext): string => (context.env['NGINX_VERSION'] ?? '1.27.5').replace(/-.*$/, '');

/** `2026/03/02 00:00:00`. */
export function logTime(context: ReactiveContext): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const { year, month, day, hour, minute, second } = civilFromUnix(Math.floor(context.time().realtimeUs / 1_000_000));
  return `${String(year)}/${two(month)}/${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
}
