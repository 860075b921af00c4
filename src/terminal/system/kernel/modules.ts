/** modprobe, rmmod and modinfo (kmod 31) over the kernel's module table. */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import type { Invocation } from '../../coreutils/command.ts';
import { command } from '../../coreutils/command.ts';
import { fileText } from '../../io.ts';
import { KernelRecord, recordsOf } from './kernel-data.ts';
import { notSimulated } from '../plain-program.ts';

const canonical = (name: string): string => name.replace(/-/g, '_');
const release = (process: Process): string => (fileText(process, '/proc/sys/kernel/osrelease') ?? '').trim();
const loaded = (process: Process): readonly KernelRecord[] =>
  recordsOf(process.kernel({ subsystem: 'module', op: 'list' }));
const moduleCall = (process: Process, op: string, name: string): ReturnType<Process['kernel']> =>
  process.kernel({ subsystem: 'module', op, args: { name } });

/** Parameters and `KEY=value` operands are the module's own and change nothing here. */
export const modprobe = command(
  {
    name: 'modprobe',
    hint: '',
    calls: 'short',
    short: 'ravqnDfibd:S:sRVwC:c',
    absent: [...'vDRfibdSswCc'],
    absentLong:
      'force-modversion force-vermagic ignore-install ignore-remove show-modversions dump-modversions show-exports syslog wait= config= dirname= set-version= remove-dependencies remove-holders',
    helpOption: '-h',
    long: {
      remove: 'r',
      all: 'a',
      verbose: 'v',
      quiet: 'q',
      'dry-run': 'n',
      'show-depends': 'D',
      force: 'f',
      'first-time': 'first',
      'use-blacklist': 'b',
      'resolve-alias': 'R',
      'show-config': 'c',
    },
  },
  async (call) => {
    const { io, options } = call;
    const [first] = call.operands;
    if (first === undefined) {
      await io.warn('ERROR: missing parameters. See -h.');
      return 1;
    }
    const names = options.has('a') || options.has('r') ? call.operands : [first];
    let status = 0;
    for (const name of names)
      status = Math.max(status, await (options.has('r') ? remove(call, name) : insert(call, name)));
    return status;
  },
);

async function insert({ io, options, process, flavour }: Invocation, name: string): Promise<number> {
  if (flavour === 'busybox' && failed(process.stat('/lib/modules'))) {
    await io.warn(`can't change directory to '/lib/modules': No such file or directory`);
    return 1;
  }
  if (moduleCall(process, 'knows', name) !== true) {
    if (!options.has('q'))
      await io.warn(`FATAL: Module ${name} not found in directory /lib/modules/${release(process)}`);
    return 1;
  }
  if (loaded(process).some((module) => module.text('name') === canonical(name))) {
    if (!options.has('first')) return 0;
    await io.warn(`ERROR: could not insert '${canonical(name)}': Module already in kernel`);
    return 1;
  }
  if (options.has('n')) return 0;
  const done = moduleCall(process, 'load', name);
  if (!failed(done)) return 0;
  await io.warn(`ERROR: could not insert '${canonical(name)}': ${strerror(done)}`);
  return 1;
}

async function remove({ io, options, process }: Invocation, name: string): Promise<number> {
  const before = loaded(process);
  const found = before.find((module) => module.text('name') === canonical(name));
  if (found === undefined) {
    if (moduleCall(process, 'knows', name) !== true) {
      if (!options.has('q')) await io.warn(`FATAL: Module ${name} not found.`);
      return 1;
    }
    if (!options.has('first')) return 0;
    await io.warn(`FATAL: Module ${canonical(name)} is not in kernel.`);
    return 1;
  }
  if (found.texts('usedBy').length > 0) {
    await io.warn(`FATAL: Module ${canonical(name)} is in use.`);
    return 1;
  }
  if (options.has('n')) return 0;
  const done = moduleCall(process, 'remove', name);
  if (failed(done)) {
    await io.warn(`ERROR: could not remove '${canonical(name)}': ${strerror(done)}`);
    return 1;
  }
  // What only this module needed goes as well.
  for (let again = true; again;) {
    again = false;
    for (const dependency of before.filter((module) => module.texts('usedBy').includes(canonical(name)))) {
      const now = loaded(process).find((module) => module.text('name') === dependency.text('name'));
      if (now === undefined || now.texts('usedBy').length > 0) continue;
      await remove(
        { io, options, process, operands: [], flavour: 'gnu', usage: 'rmmod MODULE' },
        dependency.text('name'),
      );
      again = true;
    }
  }
  return 0;
}

export const rmmod = command(
  {
    name: 'rmmod',
    hint: '',
    calls: 'short',
    short: 'fsvVw',
    long: { force: 'f', syslog: 's', verbose: 'v' },
    absent: [...'fsvw'],
    helpOption: '-h',
  },
  async (call) => {
    const { io, process } = call;
    if (call.operands.length === 0) {
      await io.warn('ERROR: missing module name.');
      return 1;
    }
    let status = 0;
    for (const name of call.operands) {
      const found = loaded(process).find((module) => module.text('name') === canonical(name));
      const users = found?.texts('usedBy') ?? [];
      if (found === undefined) await io.warn(`ERROR: Module ${canonical(name)} is not currently loaded`);
      else if (users.length > 0) await io.warn(`ERROR: Module ${canonical(name)} is in use by: ${users.join(' ')}`);
      else {
        const done = moduleCall(process, 'remove', name);
        if (!failed(done)) continue;
        await io.warn(`ERROR: could not remove module ${canonical(name)}: ${strerror(done)}`);
      }
      status = 1;
    }
    return status;
  },
);

/** Where the module's file is and what it says is not kept; its name, needs and kernel are. */
export const modinfo = command(
  {
    name: 'modinfo',
    hint: '',
    calls: 'short',
    short: 'F:adlpn0k:b:V',
    long: {
      field: 'F',
      author: 'a',
      description: 'd',
      license: 'l',
      parameters: 'p',
      filename: 'n',
      null: '0',
      'set-version': 'k',
      basedir: 'b',
    },
    absent: [...'0kb'],
    absentLong: 'modname=',
    helpOption: '-h',
  },
  async (call) => {
    const { io, options, process } = call;
    if (call.operands.length === 0) {
      await io.warn('ERROR: missing module or filename.');
      return 1;
    }
    let status = 0;
    for (const name of call.operands) {
      const answer = moduleCall(process, 'info', name);
      if (failed(answer)) {
        await io.warn(`ERROR: Module ${name} not found.`);
        status = 1;
        continue;
      }
      const facts: Readonly<Record<string, string>> = {
        depends: new KernelRecord(answer).texts('needs').join(','),
        name: canonical(name),
        vermagic: `${release(process)} SMP preempt mod_unload modversions `,
      };
      const field = options.value('F');
      if (
        options.order.some(([letter]) => 'adlpn'.includes(letter)) ||
        (field !== undefined && facts[field] === undefined)
      )
        return await notSimulated(io, `modinfo -${options.order[0]?.[0] ?? ''}`);
      if (field !== undefined) io.line(facts[field] ?? '');
      else for (const [key, value] of Object.entries(facts)) io.line(`${`${key}:`.padEnd(16)}${value}`);
    }
    return await io.end(status);
  },
);
