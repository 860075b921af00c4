/** Programs that few sessions run, behind one entry of the table that the page loads first. */
import type { Program } from '../../protocol/program.ts';

const RARE: Readonly<Record<string, () => Promise<Program>>> = {
  chfn: async () => (await import('./accounts/chsh.ts')).chfn,
  chsh: async () => (await import('./accounts/chsh.ts')).chsh,
  lsb_release: async () => (await import('./lsb-release.ts')).lsbRelease,
  mcookie: async () => (await import('./mcookie.ts')).mcookie,
  mesg: async () => (await import('./accounts/mesg.ts')).mesg,
  mtr: async () => (await import('../network/mtr/mtr.ts')).mtr,
  telnet: async () => (await import('../network/telnet/telnet.ts')).telnet,
  tput: async () => (await import('./terminfo/tput.ts')).tput,
  groupmod: async () => (await import('./accounts/groups-tools.ts')).groupmod,
};

/** The program of a name that the table has. */
export async function rareProgram(name: string): Promise<Program> {
  const load = RARE[name];
  if (load === undefined) throw new Error(`no program ${name}`);
  return await load();
}
