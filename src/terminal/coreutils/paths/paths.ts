import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';

export const joinPath = (directory: string, name: string): string =>
  directory.endsWith('/') ? directory + name : `${directory}/${name}`;

/** A path without the slashes at its end. */
export const trimSlash = (path: string): string => (path.length > 1 ? path.replace(/\/+$/, '') || '/' : path);

export const isDirectory = (process: Process, path: string): boolean => {
  const stat = process.stat(path);
  return !failed(stat) && stat.type === 'directory';
};

/** The directory that a path's last component lies in. */
export const parentOf = (path: string): string =>
  path.includes('/') ? path.slice(0, path.lastIndexOf('/')) || '/' : '.';
