/**
 * yum: dnf by its old name where the image has dnf; yum 3.4.3 on CentOS 7.
 * Leaves out: everything that `centos-yum.ts` says.
 */
import { failed } from '../../../protocol/errno.ts';
import type { Applet } from '../../coreutils/command.ts';
import { plainProgram } from '../../system/plain-program.ts';
import { run as runOld } from './centos-yum.ts';
import { run as runNew } from './dnf/dnf.ts';

export const yum: Applet = plainProgram('yum', async (call) => {
  const isNew = !failed(call.process.stat('/usr/bin/dnf'));
  return await call.io.end(await (isNew ? runNew(call) : runOld(call)));
});
