/**
 * ipvsadm 1.31: the table of the kernel's load balancer.
 * Models: the empty table that a host has whose kube-proxy works by iptables. Leaves out: virtual services, which nothing here makes.
 */
import { failed } from '../../../protocol/errno.ts';
import { recordsOf } from '../../system/kernel/kernel-data.ts';
import { notSimulated, plainProgram } from '../../system/plain-program.ts';

const VERSION = 'IP Virtual Server version 1.2.1 (size=4096)';

/** Heads of the listings, by the option that chooses them. */
const HEADS: readonly (readonly [option: RegExp, lines: readonly string[]])[] = [
  [
    /^--stats$/,
    ['Prot LocalAddress:Port               Conns   InPkts  OutPkts  InBytes OutBytes', '  -> RemoteAddress:Port'],
  ],
  [
    /^--rate$/,
    ['Prot LocalAddress:Port                 CPS    InPPS   OutPPS    InBPS   OutBPS', '  -> RemoteAddress:Port'],
  ],
  [
    /^(-c|--connection)$/,
    ['IPVS connection entries', 'pro expire state       source             virtual            destination'],
  ],
];
const HEAD = [
  'Prot LocalAddress:Port Scheduler Flags',
  '  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn',
];

export const ipvsadm = plainProgram('ipvsadm', async ({ io, process, args }) => {
  // `-Ln` is two options.
  const words = args.flatMap((arg) =>
    /^-[A-Za-z]{2,}$/.test(arg) ? [...arg.slice(1)].map((letter) => `-${letter}`) : [arg],
  );
  const loaded = recordsOf(process.kernel({ subsystem: 'module', op: 'list' })).some(
    (each) => each.text('name') === 'ip_vs',
  );
  if (process.credentials().uid !== 0) {
    await io.raw(
      "Can't initialize ipvs: Permission denied (you must be root)\nAre you sure that IP Virtual Server is built in the kernel or as module?\n",
    );
    return 255;
  }
  // The program loads the module itself, as the real one does.
  if (!loaded && failed(process.kernel({ subsystem: 'module', op: 'load', args: { name: 'ip_vs' } }))) {
    await io.raw(
      "Can't initialize ipvs: Protocol not available\nAre you sure that IP Virtual Server is built in the kernel or as module?\n",
    );
    return 255;
  }
  const command = words.find((word) => /^-[A-Za-z]$|^--/.test(word) && word !== '-n') ?? '-L';
  if (['-C', '--clear', '-Z', '--zero'].includes(command)) return 0;
  if (!/^(-[Ll]|--list|-n|--numeric)$/.test(command)) return await notSimulated(io, `ipvsadm ${command}`);
  const head = HEADS.find(([option]) => words.some((word) => option.test(word)))?.[1];
  const connections = words.some((word) => word === '-c' || word === '--connection');
  for (const line of [...(connections ? [] : [VERSION]), ...(head ?? HEAD)]) io.line(line);
  return await io.end(0);
});
