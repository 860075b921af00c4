/** nslookup (bind's and busybox's), dig, host and getent hosts, over the resolver's own queries. */
import { command } from '../coreutils/command.ts';
import { askServer, isIpv4, queryDns, readResolvConf, resolveHost, searchList } from '../resolver.ts';
import type { DnsAnswer } from '../resolver.ts';
import { strftime } from '../strftime.ts';

const reverseName = (ip: string): string => `${ip.split('.').reverse().join('.')}.in-addr.arpa`;
const RCODES: Readonly<Record<number, string>> = {
  0: 'NOERROR',
  1: 'FORMERR',
  2: 'SERVFAIL',
  3: 'NXDOMAIN',
  4: 'NOTIMP',
  5: 'REFUSED',
};

export const nslookup = command(
  { name: 'nslookup', short: '', usage: '[-option] [name | -] [server]' },
  async (call) => {
    const { process, io } = call;
    const names = call.operands.filter((arg) => !arg.startsWith('-'));
    const [name, wanted] = names;
    if (name === undefined) return 1;
    const config = readResolvConf(process);
    const given = wanted === undefined ? undefined : await resolveHost(process, wanted);
    const server = given?.type === 'found' ? given.addresses[0] : config.nameservers[0];
    if (server === undefined) {
      await io.raw(';; connection timed out; no servers could be reached\n\n');
      return 1;
    }
    const busybox = call.flavour === 'busybox';
    io.out(
      busybox ? `Server:\t\t${server}\nAddress:\t${server}:53\n\n` : `Server:\t\t${server}\nAddress:\t${server}#53\n\n`,
    );
    const type = isIpv4(name) ? 'PTR' : 'A';
    let last: DnsAnswer = { type: 'timeout' };
    for (const candidate of isIpv4(name)
      ? [reverseName(name)]
      : busybox && name.includes('.')
        ? [name]
        : searchList(name, config)) {
      last = await askServer(process, { server, name: candidate, type, timeoutUs: config.timeoutUs });
      if (last.type === 'timeout') {
        last = await askServer(process, { server, name: candidate, type, timeoutUs: config.timeoutUs });
      }
      if (last.type === 'timeout') {
        io.line(
          busybox
            ? `;; connection timed out; no servers could be reached\n`
            : ';; connection timed out; no servers could be reached\n',
        );
        return await io.end(1);
      }
      const records = last.records.filter((record) => record.type === type || record.type === 'CNAME');
      if (records.length === 0 && last.rcode !== 0) continue;
      if (records.length === 0) continue;
      if (!last.authoritative && !busybox) io.line('Non-authoritative answer:');
      for (const record of records) {
        if (record.type === 'PTR') io.line(`${record.name}\tname = ${record.data}`);
        else if (record.type === 'CNAME') io.line(`${record.name}\tcanonical name = ${record.data}`);
        else io.line(`Name:\t${record.name}\nAddress: ${record.data}`);
      }
      io.line('');
      return await io.end(0);
    }
    const code = last.type === 'answer' ? (RCODES[last.rcode] ?? String(last.rcode)) : 'SERVFAIL';
    if (busybox)
      io.line(
        last.type === 'answer' && last.rcode === 0
          ? `*** Can't find ${name}: No answer\n`
          : `** server can't find ${name}: ${code}\n`,
      );
    else
      io.line(
        last.type === 'answer' && last.rcode === 0
          ? `*** Can't find ${name}: No answer\n`
          : `** server can't find ${type === 'PTR' ? reverseName(name) : name}: ${code}\n`,
      );
    return await io.end(1);
  },
);

export const dig = command(
  { name: 'dig', short: 'x:t:p:', usage: '[@server] [name] [type] [+option...]' },
  async (call) => {
    const { process, io, options } = call;
    const config = readResolvConf(process);
    let server = config.nameservers[0];
    let name: string | undefined;
    let type = options.value('t') ?? 'A';
    const flags = new Set<string>();
    for (const arg of call.operands) {
      if (arg.startsWith('@')) {
        const found = await resolveHost(process, arg.slice(1));
        server = found.type === 'found' ? found.addresses[0] : undefined;
        if (server === undefined) {
          io.line(`dig: couldn't get address for '${arg.slice(1)}': not found`);
          return await io.end(10);
        }
      } else if (arg.startsWith('+')) flags.add(arg.slice(1));
      else if (/^(A|AAAA|ANY|CNAME|MX|NS|PTR|SOA|SRV|TXT)$/i.test(arg) && name !== undefined) type = arg.toUpperCase();
      else if (/^(A|AAAA|ANY|CNAME|MX|NS|PTR|SOA|SRV|TXT)$/.test(arg)) type = arg;
      else name = arg;
    }
    const reverse = options.value('x');
    if (reverse !== undefined) {
      name = reverseName(reverse);
      type = 'PTR';
    }
    const question = name ?? '.';
    const asked = flags.has('search') ? (searchList(question, config)[0] ?? question) : question;
    const port = Number(options.value('p') ?? '53');
    const tries = Number([...flags].find((flag) => flag.startsWith('tries='))?.slice(6) ?? '3');
    const seconds = Number(
      [...flags].find((flag) => flag.startsWith('time=') || flag.startsWith('timeout='))?.replace(/^.*=/, '') ?? '5',
    );
    let answer: DnsAnswer = { type: 'timeout' };
    for (let i = 0; i < tries && answer.type === 'timeout' && server !== undefined; i += 1)
      answer = await askServer(process, { server, name: asked, type, port, timeoutUs: seconds * 1e6 });
    if (answer.type === 'timeout') {
      io.line(
        `;; communications error to ${server ?? '127.0.0.1'}#${String(port)}: timed out\n\n; <<>> DiG 9.18.28 <<>> ${call.operands.join(' ')}\n;; global options: +cmd\n;; no servers could be reached`,
      );
      return await io.end(9);
    }
    if (flags.has('short')) {
      for (const record of answer.records) io.line(record.data);
      return await io.end(0);
    }
    const id = process.random(2).reduce((sum, byte) => sum * 256 + byte, 0);
    const dotted = `${asked.replace(/\.$/, '')}.`;
    if (!flags.has('noall')) {
      io.line(
        `\n; <<>> DiG 9.18.28 <<>> ${call.operands.join(' ')}\n;; global options: +cmd\n;; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: ${RCODES[answer.rcode] ?? String(answer.rcode)}, id: ${String(id)}`,
      );
      io.line(
        `;; flags: qr${answer.authoritative ? ' aa' : ''} rd ra; QUERY: 1, ANSWER: ${String(answer.records.length)}, AUTHORITY: 0, ADDITIONAL: 0\n\n;; QUESTION SECTION:\n;${dotted.padEnd(30)}\tIN\t${type}\n`,
      );
    }
    if (answer.records.length > 0) {
      if (!flags.has('noall')) io.line(';; ANSWER SECTION:');
      for (const record of answer.records)
        io.line(`${`${record.name}.`.padEnd(23)}\t${String(record.ttlSeconds)}\tIN\t${record.type}\t${record.data}`);
      io.line('');
    }
    if (!flags.has('noall'))
      io.line(
        `;; Query time: ${String(Math.round(answer.tookUs / 1_000))} msec\n;; SERVER: ${answer.server}#${String(port)}(${answer.server}) (UDP)\n;; WHEN: ${strftime('%a %b %d %H:%M:%S UTC %Y', process.time().realtimeUs)}\n;; MSG SIZE  rcvd: ${String(12 + dotted.length + 5 + answer.records.length * 16)}\n`,
      );
    return await io.end(0);
  },
);

export const host = command({ name: 'host', short: 't:' }, async (call) => {
  const { process, io } = call;
  const [name] = call.operands;
  if (name === undefined) return 1;
  const config = readResolvConf(process);
  const type = call.options.value('t') ?? (isIpv4(name) ? 'PTR' : 'A');
  for (const candidate of isIpv4(name) ? [reverseName(name)] : searchList(name, config)) {
    const answer = await queryDns(process, config, candidate, type);
    if (answer.type === 'timeout') {
      io.line(';; connection timed out; no servers could be reached');
      return await io.end(1);
    }
    for (const record of answer.records)
      io.line(
        record.type === 'PTR'
          ? `${record.name} domain name pointer ${record.data}`
          : record.type === 'CNAME'
            ? `${record.name} is an alias for ${record.data}`
            : `${record.name} has address ${record.data}`,
      );
    if (answer.records.length > 0) return await io.end(0);
  }
  io.line(`Host ${name} not found: 3(NXDOMAIN)`);
  return await io.end(1);
});

export const getent = command({ name: 'getent', short: 's:' }, async (call) => {
  const { process, io } = call;
  const [database, ...keys] = call.operands;
  const file = process.readFile(`/etc/${database ?? ''}`);
  if ((database === 'hosts' || database === 'ahosts') && keys.length > 0) {
    let status = 0;
    for (const key of keys) {
      const found = await resolveHost(process, key);
      if (found.type === 'failed') status = 2;
      else for (const address of found.addresses) io.line(`${address.padEnd(15)} ${found.canonicalName}`);
    }
    return await io.end(status);
  }
  if (!(file instanceof Uint8Array)) {
    await io.raw(
      `Unknown database: ${database ?? ''}\nTry \`getent --help' or \`getent --usage' for more information.\n`,
    );
    return 1;
  }
  const lines = new Array<string>();
  for (const line of String.fromCharCode(...file).split('\n'))
    if (line !== '' && !line.startsWith('#')) lines.push(line);
  const chosen =
    keys.length === 0
      ? lines
      : lines.filter((line) => keys.some((key) => line.split(':')[0] === key || line.split(':')[2] === key));
  for (const line of chosen) io.line(line);
  return await io.end(chosen.length > 0 ? 0 : 2);
});
