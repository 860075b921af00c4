/** Which programs of the program table the packages of distributions put where. */
import { executable, link, type LayerFile } from '../../container/layer-files.ts';
import { programsOf } from '../../packages/package-programs.ts';

/** Those that act as root for whoever calls them. */
const SET_UID = new Set(['su', 'mount', 'umount', 'passwd', 'newgrp', 'gpasswd', 'chage', 'chfn', 'chsh', 'sudo']);

/** A program of the table, with the mode that its package gives it. */
const command = (path: string, id: string): LayerFile =>
  executable(path, id, SET_UID.has(path.slice(path.lastIndexOf('/') + 1)) ? { mode: 0o4755 } : {});

/** Executables of one directory, each known by its name. */
export const commands = (directory: string, names: readonly string[]): readonly LayerFile[] =>
  names.map((name) => command(`${directory}/${name}`, name));

/** All programs of packages, those too that say that they are not simulated. */
export const packagePrograms = (names: readonly string[]): readonly LayerFile[] =>
  names.flatMap(programsOf).map(({ id, path }) => command(path, id));

/** The directories that a merged /usr replaces by links. */
export const MERGED_USR: readonly LayerFile[] = [
  link('/bin', 'usr/bin'),
  link('/sbin', 'usr/sbin'),
  link('/lib', 'usr/lib'),
  link('/lib64', 'usr/lib64'),
];
