/**
 * capsh, getcap and setcap (libcap 2.66).
 * Models: capsh --print of this process. Files have no capabilities here: getcap finds none, setcap is refused.
 */
import { groupNameOf, userNameOf } from '../../accounts.ts';
import { fileText } from '../../io.ts';
import { CAPABILITY_NAMES, capabilitiesIn } from './capability-names.ts';
import { notSimulated, plainProgram } from '../plain-program.ts';

const namesIn = (mask: bigint): readonly string[] => capabilitiesIn(mask).map((name) => `cap_${name}`);
const ALL = (1n << BigInt(CAPABILITY_NAMES.length)) - 1n;

/** `=ep` for all, `=` for none, else what is there, or what is not where that is less. */
function currentText(mask: bigint): string {
  if (mask === ALL) return '=ep';
  if (mask === 0n) return '=';
  const [had, lacked] = [namesIn(mask), namesIn(ALL & ~mask)];
  return had.length <= lacked.length ? `${had.join(',')}=ep` : `=ep ${lacked.join(',')}-ep`;
}

export const capsh = plainProgram('capsh', async ({ io, process, args }) => {
  const other = args.find((arg) => arg !== '--print' && !arg.startsWith('--decode='));
  if (other !== undefined || args.length === 0) return await notSimulated(io, `capsh ${other ?? ''}`.trimEnd());
  for (const arg of args.filter((each) => each.startsWith('--decode='))) {
    const mask = BigInt(`0x${arg.slice('--decode='.length).replace(/^0x/, '')}`);
    io.line(`0x${mask.toString(16).padStart(16, '0')}=${namesIn(mask).join(',')}`);
  }
  if (!args.includes('--print')) return await io.end(0);
  const status = fileText(process, '/proc/self/status') ?? '';
  const field = (name: string): string => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1] ?? '0';
  const mask = (name: string): bigint => BigInt(`0x${field(name)}`);
  const { uid, gid, groups } = process.credentials();
  const group = (id: number): string => `${String(id)}(${groupNameOf(process, id) ?? '???'})`;
  const user = `${String(uid)}(${userNameOf(process, uid) ?? '???'})`;
  const lacked = namesIn(ALL & ~mask('CapBnd'));
  io.line(`Current: ${currentText(mask('CapEff'))}`);
  io.line(`Bounding set =${namesIn(mask('CapBnd')).join(',')}`);
  io.line('Ambient set =');
  io.line(`Current IAB: ${lacked.map((name) => `!${name}`).join(',')}`);
  io.line(`Securebits: 00/0x0/1'b0 (no-new-privs=${field('NoNewPrivs')})`);
  for (const bit of ['secure-noroot', 'secure-no-suid-fixup', 'secure-keep-caps', 'secure-no-ambient-raise'])
    io.line(` ${bit}: no (unlocked)`);
  io.line(`uid=${user} euid=${user}`);
  io.line(`gid=${group(gid)}`);
  io.line(`groups=${groups.map(group).join(',')}`);
  io.line(`Guessed mode: ${uid === 0 ? 'HYBRID (4)' : 'UNCERTAIN (0)'}`);
  return await io.end(0);
});

export const getcap = plainProgram('getcap', async ({ io, process, args }) => {
  const files = args.filter((arg) => !arg.startsWith('-'));
  if (files.length === 0) {
    await io.raw('usage: getcap [-h] [-l] [-n] [-r] [-v] <filename> [<filename> ...]\n');
    return 1;
  }
  for (const name of files) {
    if (
      fileText(process, name) === undefined &&
      typeof process.stat(name) === 'object' &&
      'errno' in process.stat(name)
    )
      await io.raw(`${name} (No such file or directory)\n`);
    else if (args.includes('-v')) io.line(name);
  }
  return await io.end(0);
});

export const setcap = plainProgram('setcap', async ({ io, args }) => {
  if (args.length >= 2) return await notSimulated(io, 'setcap');
  await io.raw(
    'usage: setcap [-h] [-q] [-v] [-n <rootid>] (-r|-|<caps>) <filename> [ ... (-r|-|<capsN>) <filenameN> ]\n',
  );
  return 1;
});
