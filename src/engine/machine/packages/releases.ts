/**
 * Which releases of the projects exist. A line stands for `minor:last patch`, so that 1.11:2 are 1.11.0, 1.11.1 and 1.11.2;
 * `minor:first-last` where the first ones were never published. Later releases than these are not known here.
 */
import { ETCD_VERSION, KUBERNETES_VERSION } from '../../versions.ts';

/** A project's published versions, without a leading `v`, oldest first. */
export type Releases = readonly string[];

function releases(text: string, ...more: readonly string[]): Releases {
  const listed = text.split(' ').flatMap((each) => {
    const [minor = '', patches = ''] = each.split(':');
    const [first = '', last = first] = patches.includes('-') ? patches.split('-') : ['0', patches];
    return Array.from(
      { length: Number(last) - Number(first) + 1 },
      (_, index) => `${minor}.${String(Number(first) + index)}`,
    );
  });
  return [...new Set([...listed, ...more])];
}

/** Compose of Python: tags have no `v`, files are called as `uname -s` has it. */
export const COMPOSE_V1 = releases(
  '1.6:2 1.7:1 1.8:1 1.9:0 1.10:1 1.11:2 1.12:0 1.13:0 1.14:0 1.15:0 1.16:1 1.17:1 1.18:0 1.19:0 1.20:1 1.21:2 1.22:0 1.23:2 1.24:1 1.25:5 1.26:2 1.27:4 1.28:2-6 1.29:2',
);
/** Compose of Go: tags have a `v`, files are in small letters; 2.0.0 had another name for the machine. */
export const COMPOSE_V2 = releases(
  '2.0:1-1 2.1:1 2.2:3 2.3:4 2.4:1 2.5:1 2.6:1 2.7:0 2.8:0 2.9:0 2.10:2 2.11:2 2.12:2 2.13:0 2.14:2 2.15:1 2.16:0 2.17:3 2.18:1 2.19:1 2.20:3 2.21:0 2.22:0 2.23:3 2.24:7 2.25:0 2.26:1 2.27:3 2.28:1 2.29:2 2.30:3 2.31:0 2.32:4 2.33:1 2.34:0 2.35:1 2.36:2',
);
export const KUBERNETES = releases(
  '1.20:15 1.21:14 1.22:17 1.23:17 1.24:17 1.25:16 1.26:15 1.27:16 1.28:15 1.29:15 1.30:14 1.31:13 1.32:9 1.33:5 1.34:2 1.35:0 1.36:0',
  KUBERNETES_VERSION.slice(1),
);
export const ETCD = releases('3.4:37 3.5:24 3.6:5', ETCD_VERSION.replace(/-.*/, ''));
export const CRI_TOOLS = releases(
  '1.24:2 1.25:0 1.26:1 1.27:1 1.28:0 1.29:0 1.30:1 1.31:1 1.32:0 1.33:0 1.34:0 1.35:0 1.36:0',
);
export const CNI_PLUGINS = releases('0.8:7 0.9:1 1.0:1 1.1:1 1.2:0 1.3:0 1.4:1 1.5:1 1.6:2 1.7:1-1 1.8:0');
export const HELM = releases('3.10:3 3.11:3 3.12:3 3.13:3 3.14:4 3.15:4 3.16:4 3.17:3 3.18:6 3.19:0');
