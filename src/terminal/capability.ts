import type { Credentials } from '../protocol/program.ts';

/** Whether credentials carry an effective capability, by its name without CAP_. */
export const hasCapability = ({ capabilities }: Credentials, name: string): boolean =>
  capabilities === 'all' || capabilities.includes(name);
