import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { groupIdOf, groupNameOf, userIdOf, userNameOf } from '../../accounts.ts';
import type { Applet, Invocation } from '../command.ts';
import { command, usageError } from '../command.ts';
import { eachPath } from '../each-path.ts';
import { quoteName } from '../quoting.ts';

/** -1 leaves an id as it is. */
interface Owner {
  readonly uid: number;
  readonly gid: number;
}

function ownerCommand(name: 'chown' | 'chgrp'): Applet {
  return command(
    {
      name,
      short: 'RvcfhLPH',
      absent: ['L', 'P', 'H'],
      absentLong: 'preserve-root no-preserve-root',
      long: {
        recursive: 'R',
        verbose: 'v',
        changes: 'c',
        'no-dereference': 'h',
        dereference: 'dereference',
        silent: 'f',
        quiet: 'f',
        from: 'from:',
        reference: 'reference:',
      },
    },
    async (call) => {
      const plan = await planOwner(call, name);
      if (typeof plan === 'number') return plan;
      const status = await eachPath(call, plan.paths, call.options.has('R'), (path) =>
        changeOwner(call, name, path, plan.owner),
      );
      return await call.io.end(status);
    },
  );
}
export const chown = ownerCommand('chown');
export const chgrp = ownerCommand('chgrp');

async function planOwner(
  call: Invocation,
  name: 'chown' | 'chgrp',
): Promise<{ readonly owner: Owner; readonly paths: readonly string[] } | number> {
  const { process, io, options, operands } = call;
  const reference = options.value('reference');
  if (reference !== undefined) {
    const found = process.stat(reference);
    if (!failed(found)) return { owner: found, paths: operands };
    await io.warn(`failed to get attributes of ${quoteName(reference)}: ${strerror(found)}`);
    return 1;
  }
  const [spec, ...paths] = operands;
  if (spec === undefined) return await usageError(call, 'missing operand');
  if (paths.length === 0) return await usageError(call, `missing operand after ${quoteName(spec)}`);
  const [user = '', group = ''] = name === 'chgrp' ? ['', spec] : spec.split(/[:.]/);
  const uid = user === '' ? -1 : userIdOf(process, user);
  const gid = group === '' ? -1 : groupIdOf(process, group);
  if (uid !== undefined && gid !== undefined) return { owner: { uid, gid }, paths };
  if (call.flavour === 'busybox') await io.warn(`unknown ${uid === undefined ? 'user' : 'group'} ${spec}`);
  else await io.warn(`invalid ${uid === undefined ? 'user' : 'group'}: \u2018${spec}\u2019`);
  return 1;
}

function changeOwner(call: Invocation, name: string, path: string, owner: Owner): string | undefined {
  const { process, io, options } = call;
  const old = process.lstat(path);
  if (failed(old)) return undefined;
  const next = { uid: owner.uid < 0 ? old.uid : owner.uid, gid: owner.gid < 0 ? old.gid : owner.gid };
  const done = process.chown(path, next.uid, next.gid, { noFollow: options.has('h') || options.has('R') });
  const what = name === 'chgrp' ? 'group' : 'ownership';
  if (failed(done))
    return call.flavour === 'busybox'
      ? `${path}: ${strerror(done)}`
      : `changing ${what} of ${quoteName(path)}: ${strerror(done)}`;
  const changed = next.uid !== old.uid || next.gid !== old.gid;
  if (!options.has('v') && !(options.has('c') && changed)) return undefined;
  const asked = [owner.uid < 0 ? '' : String(owner.uid), owner.gid < 0 ? '' : String(owner.gid)];
  const [before, after] =
    name === 'chgrp'
      ? [groupNameOf(process, old.gid) ?? String(old.gid), asked[1] ?? '']
      : [ownerName(process, old), asked.filter((id) => id !== '').join(':')];
  io.line(
    changed
      ? `changed ${what} of ${quoteName(path)} from ${before} to ${after}`
      : `${what} of ${quoteName(path)} retained as ${before}`,
  );
  return undefined;
}

const ownerName = (process: Process, { uid, gid }: Owner): string =>
  `${userNameOf(process, uid) ?? String(uid)}:${groupNameOf(process, gid) ?? String(gid)}`;
