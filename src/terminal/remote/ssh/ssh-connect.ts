/** From a destination to a connection that is let in: by jumps where the configuration names some. */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Fd, Process } from '../../../protocol/program.ts';
import type { Options } from '../../coreutils/command.ts';
import { resolveErrorText, resolveHost } from '../../resolver.ts';
import { checkHostKey } from './host-key-check.ts';
import { authenticateTo, tellIdentityFiles } from './ssh-auth.ts';
import type { SshConfig } from './ssh-config.ts';
import { negotiate, offerOf, type Offer } from '../openssh/negotiation.ts';
import { exchangeBanners, nextReply } from '../openssh/ssh-connection.ts';
import { SSH_SOFTWARE } from '../openssh/ssh-protocol.ts';
import { requestDirect } from './ssh-forward.ts';
import type { SshLog } from './ssh-log.ts';
import { secondsOf } from './ssh-setting-values.ts';
import { configFor, policyOf, splitDestination, targetOf, type SshTarget } from './ssh-target.ts';

/** CPU time of a key exchange and its signatures, µs. */
const KEY_EXCHANGE_US = 12_000;
/** As many as somebody might mean. */
const MOST_JUMPS = 16;
/** What ssh calls the address of a host that it reaches through another. */
const BEHIND_A_PROXY = '<no hostip for proxy command>';
/** What ssh says where its jump ended before it was greeted. */
const BROKEN_PROXY =
  'kex_exchange_identification: Connection closed by remote host\nConnection closed by UNKNOWN port 65535';

export interface Route {
  readonly options: Options;
  readonly config: SshConfig;
  /** As it was typed. */
  readonly host: string;
  /** Passwords that were right, by user and host, so that nobody is asked twice. */
  readonly secrets: Map<string, string>;
  /** Jumps so far. */
  readonly depth: number;
}

interface Connected {
  readonly fd: Fd;
  readonly target: SshTarget;
}

/** A connection that the target has let in; undefined where that failed and was said. */
export async function connectTo(process: Process, log: SshLog, route: Route): Promise<Connected | undefined> {
  const { config, host } = route;
  const wanted = targetOf(process, config, host);
  const jumps = (config.value('proxyjump') ?? 'none')
    .split(',')
    .filter((each) => each !== '' && each !== 'none' && each !== host);
  if (route.depth > MOST_JUMPS) {
    await log.error(`jumphost loop via ${host}`);
    return undefined;
  }
  const opened =
    jumps.length === 0
      ? await open(process, log, config, wanted)
      : await openBehind(process, log, route, jumps, wanted);
  if (opened === undefined) return undefined;
  if (await admitted(process, log, route, opened)) return opened;
  process.close(opened.fd);
  return undefined;
}

/** The last jump makes the connection to the target; it is reached through those before it. */
async function openBehind(
  process: Process,
  log: SshLog,
  { options, secrets, depth }: Route,
  jumps: readonly string[],
  wanted: Omit<SshTarget, 'ip'>,
): Promise<Connected | undefined> {
  const last = splitDestination(jumps.at(-1) ?? '');
  const [, host = last.host, port = last.port] = /^(.*):(\d+)$/.exec(last.host) ?? [];
  const destination = { ...last, host, ...(port === undefined ? {} : { port }) };
  // The jump is another call of ssh: of this one's options it has those of the configuration alone.
  const config = configFor(process, onlyConfiguration(options, jumps.slice(0, -1)), destination);
  for (const problem of config.problems) await log.error(problem);
  const by =
    config.problems.length > 0
      ? undefined
      : await connectTo(process, log, { options, config, host, secrets, depth: depth + 1 });
  if (by === undefined) {
    await log.error(BROKEN_PROXY);
    return undefined;
  }
  const reason = await requestDirect(process, by.fd, { host: wanted.host, port: wanted.port });
  if (reason === undefined) return { fd: by.fd, target: { ...wanted, ip: BEHIND_A_PROXY } };
  await log.error(`channel 0: open failed: ${reason}\nstdio forwarding failed\n${BROKEN_PROXY}`);
  process.close(by.fd);
  return undefined;
}

/** -F and -v; further jumps stand in for -J. */
function onlyConfiguration(options: Options, jumps: readonly string[]): Options {
  const kept = (letter: string): boolean => letter === 'F';
  const before = jumps.length === 0 ? [] : [jumps.join(',')];
  return {
    operands: [],
    order: options.order.filter(([letter]) => kept(letter)),
    has: (letter) => kept(letter) && options.has(letter),
    value: (letter) => (letter === 'J' ? before[0] : kept(letter) ? options.value(letter) : undefined),
    values: (letter) => (letter === 'J' ? before : kept(letter) ? options.values(letter) : []),
  };
}

/** The target's address, connected. */
async function open(
  process: Process,
  log: SshLog,
  config: SshConfig,
  wanted: Omit<SshTarget, 'ip'>,
): Promise<Connected | undefined> {
  const { host, port } = wanted;
  const found = await resolveHost(process, host);
  const ip = found.type === 'found' ? found.addresses[0] : undefined;
  if (found.type === 'failed' || ip === undefined) {
    await log.error(
      `ssh: Could not resolve hostname ${host}: ${found.type === 'failed' ? resolveErrorText(found.reason) : ''}`,
    );
    return undefined;
  }
  await log.debug(`Connecting to ${host} [${ip}] port ${String(port)}.`);
  const patience = secondsOf(config.value('connecttimeout') ?? 'none');
  const fd = await process.connect({ family: 'inet', ip, port }, patience === 0 ? {} : { timeoutUs: patience * 1e6 });
  if (failed(fd)) {
    await log.error(`ssh: connect to host ${host} port ${String(port)}: ${strerror(fd)}`);
    return undefined;
  }
  await log.debug('Connection established.');
  return { fd, target: { ...wanted, ip } };
}

/** Banners, the host's key, then who the user is. */
async function admitted(
  process: Process,
  log: SshLog,
  { options, config, secrets }: Route,
  { fd, target }: Connected,
): Promise<boolean> {
  const { ip, port, host, user } = target;
  await tellIdentityFiles(process, log, target);
  await log.debug(`Local version string SSH-2.0-${SSH_SOFTWARE}`);
  const greeting = await exchangeBanners(process, fd);
  if (greeting !== 'ssh') {
    await log.error(
      greeting === 'closed'
        ? `kex_exchange_identification: Connection closed by remote host\nConnection closed by ${ip} port ${String(port)}`
        : 'kex_exchange_identification: banner line contains invalid characters',
    );
    return false;
  }
  await log.debug(`Remote protocol version 2.0, remote software version ${SSH_SOFTWARE}`);
  await log.debug(`Authenticating to ${host}:${String(port)} as '${user}'`);
  const reply = await nextReply(process, fd);
  if (reply?.type !== 'host-keys') {
    await log.error(`Connection closed by ${ip} port ${String(port)}`);
    return false;
  }
  const agreed = negotiate(clientOffer(options, config), reply.offer ?? offerOf({}));
  if ('problem' in agreed) {
    await log.error(`Unable to negotiate with ${ip} port ${String(port)}: ${agreed.problem}`);
    return false;
  }
  await log.debug(`kex: algorithm: ${agreed.kex}`);
  await log.debug(`kex: host key algorithm: ${agreed.hostKey}`);
  for (const way of ['server->client', 'client->server'])
    await log.debug(`kex: ${way} cipher: ${agreed.cipher} MAC: ${agreed.mac} compression: none`);
  await process.cpu(KEY_EXCHANGE_US);
  const local = config.flag('nohostauthenticationforlocalhost', false) && /^127\./.test(ip);
  const policy = { ...policyOf(config, target), algorithms: clientOffer(options, config).hostKey };
  const verdict = local ? 'trusted' : await checkHostKey(process, log, reply.keys, policy);
  if (verdict === 'refused') return false;
  return await authenticateTo(
    process,
    log,
    fd,
    verdict === 'trusted' ? target : { ...target, methods: ['publickey'] },
    secrets,
  );
}

/** -c, -m and the keywords of algorithms. */
function clientOffer(options: Options, config: SshConfig): Offer {
  const settings = {
    kex: config.value('kexalgorithms'),
    hostKey: config.value('hostkeyalgorithms'),
    cipher: options.value('c') ?? config.value('ciphers'),
    mac: options.value('m') ?? config.value('macs'),
  };
  return offerOf(Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)));
}
