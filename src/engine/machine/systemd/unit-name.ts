import type { Signal } from '../../../protocol/program.ts';

/** `docker` is docker.service. */
export const full = (name: string): string =>
  /\.(service|target|socket|timer|slice|mount|path|scope|device|swap|automount)$/.test(name) ? name : `${name}.service`;

export const isSignal = (text: string): text is Signal => /^SIG[A-Z0-9]+$/.test(text);
