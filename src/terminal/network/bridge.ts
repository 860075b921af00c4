/** bridge (iproute2) and brctl (bridge-utils 1.7.1). */
import { failed, strerror } from '../../protocol/errno.ts';
import type { Plain } from '../../protocol/plain.ts';
import { recordsOf } from '../system/kernel-data.ts';
import { notSimulated, plainProgram, type PlainCall } from '../system/plain-program.ts';
import { keywordOf } from './ip/call.ts';
import { iprouteJson } from './json-writer.ts';
import { flagsOf, fullName, readLinks } from './link-facts.ts';

export const bridge = plainProgram('bridge', async (call) => {
  const { io } = call;
  const args = call.args.filter((arg) => !/^-(d|s|c|details|statistics|color)$/.test(arg));
  const json = args.some((arg) => /^-(j|json|jp|p)$/.test(arg));
  const pretty = args.some((arg) => /^-(p|pretty)$/.test(arg));
  const [object = '', verb = 'show', ...rest] = args.filter((arg) => !/^-/.test(arg));
  const kind = keywordOf(object, ['link', 'fdb', 'mdb', 'mst', 'vlan', 'vni', 'monitor', 'help']);
  if (kind === 'link' && keywordOf(verb, ['show', 'list', 'lst']) !== undefined) return await showPorts(call, rest);
  if (kind === 'fdb' && keywordOf(verb, ['show', 'list', 'lst']) !== undefined)
    return await showForwarding(call, rest, { json, pretty });
  if (
    kind === 'fdb' &&
    (verb === 'add' || verb === 'append' || verb === 'del' || verb === 'replace' || verb === 'delete')
  )
    return await changeForwarding(call, verb, rest);
  if (kind === 'vlan' && keywordOf(verb, ['show', 'list', 'lst']) !== undefined) return await showVlans(call, rest);
  if (kind === undefined) {
    await io.raw(`Object "${object}" is unknown, try "bridge help".\n`);
    return 1;
  }
  return await notSimulated(io, `bridge ${kind} ${verb}`);
});

async function showPorts({ io, process }: PlainCall, words: readonly string[]): Promise<number> {
  const device = words[0] === 'dev' ? words[1] : words[0];
  for (const link of readLinks(process).filter(
    ({ master, name }) => master !== undefined && (device === undefined || name === device),
  )) {
    io.line(
      `${String(link.index)}: ${fullName(link)}: <${flagsOf(link).join(',')}> mtu ${String(link.mtu)} master ${link.master ?? ''} state ${link.up && link.carrier ? 'forwarding' : 'disabled'} priority 32 cost 2 `,
    );
  }
  return await io.end(0);
}

/** Bridges here do not filter by VLAN: everything is in the first one, as the kernel has it from the start. */
async function showVlans({ io, process }: PlainCall, words: readonly string[]): Promise<number> {
  const device = words[0] === 'dev' ? words[1] : undefined;
  const links = readLinks(process).filter(
    ({ kind, master, name }) => (kind === 'bridge' || master !== undefined) && (device ?? name) === name,
  );
  if (links.length > 0) io.line('port              vlan-id  ');
  for (const { name } of links) io.line(`${name.padEnd(16)}  1 PVID Egress Untagged`);
  return await io.end(0);
}

async function showForwarding(
  { io, process }: PlainCall,
  words: readonly string[],
  { json, pretty }: { readonly json: boolean; readonly pretty: boolean },
): Promise<number> {
  const value = (name: string): string | undefined =>
    words.includes(name) ? words[words.indexOf(name) + 1] : undefined;
  const [device, master] = [value('dev'), value('br') ?? value('brport')];
  for (const name of [device, master]) {
    if (name === undefined || readLinks(process).some((link) => link.name === name)) continue;
    await io.raw(`Cannot find device "${name}"\n`);
    return 1;
  }
  const entries = recordsOf(process.kernel({ subsystem: 'neighbour', op: 'fdb' })).filter(
    (entry) =>
      (device === undefined || entry.text('device') === device) &&
      (master === undefined || entry.text('master') === master),
  );
  if (json)
    io.out(
      iprouteJson(
        entries.map((entry) => ({
          mac: entry.text('mac'),
          ifname: entry.text('device'),
          ...(entry.has('remote') ? { dst: entry.text('remote') } : {}),
          flags: entry.text('flags').includes('self') ? ['self'] : [],
          ...(entry.has('master') ? { master: entry.text('master') } : {}),
          state: entry.text('flags').replace(/self ?/, ''),
        })),
        pretty,
      ),
    );
  else
    for (const entry of entries)
      io.line(
        `${entry.text('mac')} ${device === undefined ? `dev ${entry.text('device')} ` : ''}${entry.has('remote') ? `dst ${entry.text('remote')} ` : ''}${entry.has('master') ? `master ${entry.text('master')} ` : ''}${entry.text('flags')}`,
      );
  return await io.end(0);
}

async function changeForwarding({ io, process }: PlainCall, verb: string, words: readonly string[]): Promise<number> {
  const [mac = ''] = words;
  const link = words[words.indexOf('dev') + 1] ?? '';
  const remote = words.includes('dst') ? words[words.indexOf('dst') + 1] : undefined;
  if (!readLinks(process).some(({ name }) => name === link)) {
    await io.raw(`Cannot find device "${link}"\n`);
    return 1;
  }
  const owner = readLinks(process).find(({ name }) => name === link)?.master;
  const where =
    remote === undefined && owner !== undefined && words.includes('master')
      ? { link: owner, mac, port: link }
      : { link, mac, ...(remote === undefined ? {} : { remote }) };
  const done = process.kernel({
    subsystem: 'neighbour',
    op: verb.startsWith('del') ? 'fdb-delete' : 'fdb-replace',
    args: where,
  });
  if (!failed(done)) return 0;
  await io.raw(`RTNETLINK answers: ${strerror(done)}\n`);
  return 255;
}

export const brctl = plainProgram('brctl', async (call) => {
  const { io, process, args } = call;
  const [verb = '', name = '', port = ''] = args;
  const links = readLinks(process);
  const change = (op: string, given: { readonly [key: string]: Plain }): ReturnType<typeof process.kernel> =>
    process.kernel({ subsystem: 'link', op, args: given });
  switch (verb) {
    case 'show': {
      io.line('bridge name\tbridge id\t\tSTP enabled\tinterfaces');
      for (const each of links.filter((link) => link.kind === 'bridge' && (name === '' || link.name === name))) {
        const ports = links.filter(({ master }) => master === each.name).map((link) => link.name);
        io.line(
          `${each.name}\t${each.name.length < 8 ? '\t' : ''}8000.${each.mac.replace(/:/g, '')}\tno\t\t${ports.join('\n\t\t\t\t\t\t\t')}`,
        );
      }
      return await io.end(0);
    }
    case 'addbr': {
      const done = change('add', { spec: { kind: 'bridge', name } });
      return failed(done)
        ? await refuse(
            io,
            done.errno === 'EEXIST'
              ? `device ${name} already exists; can't create bridge with the same name`
              : `add bridge failed: ${strerror(done)}`,
          )
        : 0;
    }
    case 'delbr': {
      const link = links.find((each) => each.name === name && each.kind === 'bridge');
      if (link === undefined) return await refuse(io, `bridge ${name} doesn't exist; can't delete it`);
      if (link.up) return await refuse(io, `bridge ${name} is still up; can't delete it`);
      const done = change('delete', { name });
      return failed(done) ? await refuse(io, `can't delete bridge ${name}: ${strerror(done)}`) : 0;
    }
    case 'addif':
    case 'delif': {
      if (!links.some((each) => each.name === name)) return await refuse(io, `bridge ${name} does not exist!`);
      if (!links.some((each) => each.name === port)) return await refuse(io, `interface ${port} does not exist!`);
      const done = change('set', { name: port, change: { master: verb === 'addif' ? name : null } });
      return failed(done) ? await refuse(io, `can't add ${port} to bridge ${name}: ${strerror(done)}`) : 0;
    }
    default:
      if (
        [
          'stp',
          'showmacs',
          'showstp',
          'setageing',
          'setfd',
          'sethello',
          'setmaxage',
          'setpathcost',
          'setportprio',
          'hairpin',
          'setbridgeprio',
        ].includes(verb)
      )
        return await notSimulated(io, `brctl ${verb}`);
      await io.raw(`never heard of command [${verb}]\n`);
      return 1;
  }
});

async function refuse(io: PlainCall['io'], text: string): Promise<number> {
  await io.raw(`${text}\n`);
  return 1;
}
