/** hostname (Debian's 3.23) and busybox's: shows and sets the name of this host. Leaves out: NIS names. */
import { failed, strerror } from '../../protocol/errno.ts';
import { command, type Invocation } from '../coreutils/command.ts';
import { fileText } from '../io.ts';
import { hostEntry, resolveErrorText, resolveHost, reverseName } from '../resolver.ts';
import { readLinks } from './rtnetlink/link-facts.ts';

/** Its synopsis and options; without the paragraph that follows them. */
const SYNOPSIS = `Usage: hostname [-b] {hostname|-F file}         set host name (from file)
       hostname [-a|-A|-d|-f|-i|-I|-s|-y]       display formatted name
       hostname                                 display host name

       {yp,nis,}domainname {nisdomain|-F file}  set NIS domain name (from file)
       {yp,nis,}domainname                      display NIS domain name

       dnsdomainname                            display dns domain name

       hostname -V|--version|-h|--help          print info and exit

Program name:
       {yp,nis,}domainname=hostname -y
       dnsdomainname=hostname -d

Program options:
    -a, --alias            alias names
    -A, --all-fqdns        all long host names (FQDNs)
    -b, --boot             set default hostname if none available
    -d, --domain           DNS domain name
    -f, --fqdn, --long     long host name (FQDN)
    -F, --file             read host name or NIS domain name from given file
    -i, --ip-address       addresses for the host name
    -I, --all-ip-addresses all addresses for the host
    -s, --short            short host name
    -y, --yp, --nis        NIS/YP domain name
`;

/** HOST_NAME_MAX. */
const LONGEST = 64;
const LABEL = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i;

export const hostname = command(
  {
    name: 'hostname',
    calls: 'short',
    short: 'sfiIdAabyhF:V',
    long: {
      short: 's',
      fqdn: 'f',
      long: 'f',
      'ip-address': 'i',
      'all-ip-addresses': 'I',
      'all-fqdns': 'A',
      domain: 'd',
      alias: 'a',
      boot: 'b',
      file: 'F:',
      yp: 'y',
      nis: 'y',
      help: 'h',
    },
    absent: ['y'],
    busybox: 'sidfF',
    usageStatus: 255,
    usage: '[-sidf] [HOSTNAME | -F FILE]',
    hint: SYNOPSIS.trimEnd(),
  },
  async (call) => {
    const { io, options, operands } = call;
    const shows = options.order.map(([letter]) => letter).filter((letter) => !['b', 'F'].includes(letter));
    if (options.has('h')) {
      io.out(SYNOPSIS);
      return await io.end(255);
    }
    if (call.flavour === 'gnu' && operands.length > (shows.length > 0 ? 0 : 1)) {
      await io.raw(SYNOPSIS);
      return 255;
    }
    const [name] = operands;
    const file = options.value('F');
    if (file !== undefined) return await setFromFile(call, file);
    if (name !== undefined) return await setName(call, name);
    return await show(call, shows.at(-1));
  },
);

/** The name that a file holds: its first line that is no comment. */
async function setFromFile(call: Invocation, file: string): Promise<number> {
  const { io, process, flavour } = call;
  const text = fileText(process, file);
  if (text === undefined) {
    const why = strerror({ errno: 'ENOENT' });
    await io.warn(flavour === 'busybox' ? `can't open '${file}': ${why}` : why);
    return 1;
  }
  const line = text.split('\n').find((each) => !each.startsWith('#'));
  return await setName(call, (line ?? '').trim());
}

async function setName({ io, process, flavour }: Invocation, name: string): Promise<number> {
  const wrong = flavour === 'busybox' ? undefined : problemOf(name);
  if (wrong !== undefined) {
    await io.warn(wrong);
    return 1;
  }
  const set = process.sethostname(name);
  if (!failed(set)) return 0;
  if (flavour === 'busybox') await io.warn(`sethostname: ${strerror(set)}`);
  else await io.warn(set.errno === 'EPERM' ? 'you must be root to change the host name' : strerror(set));
  return 1;
}

function problemOf(name: string): string | undefined {
  if (name.length > LONGEST) return 'name too long';
  return name.split('.').every((label) => LABEL.test(label)) ? undefined : 'the specified hostname is invalid';
}

async function show(call: Invocation, what: string | undefined): Promise<number> {
  const { io, process, flavour } = call;
  const name = process.hostname();
  if (what === 'I')
    io.line(
      ownAddresses(call)
        .map((ip) => `${ip} `)
        .join(''),
    );
  else if (what === 'A') io.line((await ownNames(call)).map((each) => `${each} `).join(''));
  else if (what === 's') io.line(name.split('.')[0] ?? '');
  else if (what === undefined || what === 'b') io.line(name);
  else {
    const found = await resolveHost(process, name);
    if (found.type === 'failed') {
      await io.warn(flavour === 'busybox' ? `${name}: Unknown host` : resolveErrorText(found.reason));
      return 1;
    }
    const { canonicalName, addresses } = found;
    const dot = canonicalName.indexOf('.');
    if (what === 'f') io.line(canonicalName);
    else if (what === 'i') io.line(addresses.join(' '));
    else if (what === 'a') io.line(hostEntry(process, name)?.aliases.join(' ') ?? '');
    else if (dot >= 0) io.line(canonicalName.slice(dot + 1));
  }
  return await io.end(0);
}

/** Addresses of links that are up, without those of the loopback. */
const ownAddresses = ({ process }: Invocation): readonly string[] =>
  readLinks(process)
    .filter(({ kind, up }) => up && kind !== 'loopback')
    .flatMap(({ addresses }) => addresses.map(({ ip }) => ip));

async function ownNames(call: Invocation): Promise<readonly string[]> {
  const names: string[] = [];
  for (const ip of ownAddresses(call)) names.push((await reverseName(call.process, ip)) ?? '');
  return names.filter((name) => name !== '');
}
