/** uuidgen (util-linux 2.39). */
import { helpHint } from '../coreutils/help-hint.ts';
import { command, type Invocation } from '../coreutils/command.ts';
import { namedUuid, randomUuid, timeUuid, uuidBytes } from './uuid.ts';

export const uuidgen = command(
  {
    name: 'uuidgen',
    calls: 'short',
    short: 'rtn:N:msxC:hV',
    long: {
      random: 'r',
      time: 't',
      namespace: 'n',
      name: 'N',
      md5: 'm',
      sha1: 's',
      hex: 'x',
      count: 'C',
      help: 'h',
      version: 'V',
    },
    helpOption: '-h',
    usage: '[options]',
  },
  async (call) => {
    const { process, io, options } = call;
    const kind = options.has('m') ? 'md5' : options.has('s') ? 'sha1' : undefined;
    const [namespace, name] = [options.value('n'), options.value('N')];
    if (namespace !== undefined && kind === undefined)
      return await refuse(call, '--namespace requires --md5 or --sha1');
    if (namespace !== undefined && name === undefined)
      return await refuse(call, '--namespace requires --name argument');
    if (name !== undefined && namespace === undefined)
      return await refuse(call, '--name requires --namespace argument');
    if (kind !== undefined && namespace === undefined)
      return await refuse(call, '--md5 or --sha1 requires --namespace argument');
    const count = Number(options.value('C') ?? 1);
    if (!Number.isInteger(count) || count < 0) {
      await io.warn(`invalid count argument: '${options.value('C') ?? ''}'`);
      return 1;
    }
    if (kind !== undefined && namespace !== undefined && name !== undefined) {
      const space = uuidBytes(namespace);
      const text = options.has('x') ? bytesOf(name) : name;
      if (space === undefined) return await refuse(call, `unknown namespace: '${namespace}'`);
      io.line(namedUuid(space, text, kind));
      return await io.end(0);
    }
    for (let made = 0; made < count; made += 1)
      io.line(
        options.has('t') ? timeUuid(process.time().realtimeUs, process.random(8)) : randomUuid(process.random(16)),
      );
    return await io.end(0);
  },
);

async function refuse({ io }: Invocation, text: string): Promise<1> {
  await io.warn(text);
  await io.raw(`${helpHint(io)}\n`);
  return 1;
}

/** -x: the name is written in hexadecimal. */
function bytesOf(text: string): string {
  const pairs = text.match(/../g) ?? [];
  return String.fromCharCode(...pairs.map((pair) => Number.parseInt(pair, 16)));
}
