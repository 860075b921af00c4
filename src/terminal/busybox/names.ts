import { ALPINE_APPLETS, FURTHER_APPLETS } from '../../protocol/busybox-applets.ts';
import { failed } from '../../protocol/errno.ts';
import type { Process } from '../../protocol/program.ts';

const alpine: ReadonlySet<string> = new Set(Object.values(ALPINE_APPLETS).flat());
const upstream: ReadonlySet<string> = new Set([...alpine, ...FURTHER_APPLETS]);

/** Every applet of the busybox that a root file system has, simulated or not. */
export const busyboxNames = (process: Process): ReadonlySet<string> =>
  failed(process.stat('/etc/alpine-release')) ? upstream : alpine;
