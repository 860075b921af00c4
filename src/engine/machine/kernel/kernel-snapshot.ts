/** The whole kernel of a host as data, and back. File trees are referred to by id. */
import type { Plain } from '../../../protocol/plain.ts';
import { LateMap, LateSet } from '../../sim/late-map.ts';
import type { HostKernel } from './host-kernel.ts';
import { loadBlockLayer } from './kernel-requests.ts';
import { Journal, type SavedJournal } from './processes/journal.ts';
import type { FileKind, OpenFile, SavedOpenFile } from './descriptors/open-files.ts';
import { isAlive, type PendingCall, type ProcessKind, type ProcessRecord } from './processes/process-record.ts';
import { DEFAULT_LIMITS } from './processes/resource-limits.ts';
import { loadInstance, saveInstance, type SavedInstance } from './reactive/reactive-instance.ts';

type Reference =
  | 'children'
  | 'mounts'
  | 'cgroup'
  | 'root'
  | 'cwd'
  | 'descriptors'
  | 'dispositions'
  | 'limits'
  | 'pending'
  | 'journal'
  | 'kind';
interface SavedRecord extends Omit<ProcessRecord, Reference | 'holds'> {
  readonly children: readonly number[];
  readonly mounts: number;
  readonly cgroup: string;
  readonly root: Plain;
  readonly cwd: Plain;
  readonly descriptors: readonly (readonly [fd: number, file: number, closeOnExec: boolean])[];
  readonly dispositions: readonly (readonly [string, string])[];
  /** Those that are not as at the start. */
  readonly limits: readonly (readonly [string, { readonly soft: number | null; readonly hard: number | null }])[];
  readonly pending: readonly Omit<PendingCall, 'resolve'>[];
  readonly journal: SavedJournal;
  readonly kind:
    ProcessKind | { readonly type: 'reactive'; readonly program: string; readonly instance: SavedInstance | undefined };
}

interface SavedKernel {
  readonly files: Plain;
  readonly block?: Plain;
  readonly namespaces: Plain;
  readonly streams: Plain;
  readonly locks: Plain;
  readonly ttys: Plain;
  readonly cgroups: Plain;
  readonly cpu: Plain;
  readonly tables: Plain;
  readonly forkBound: Plain;
  readonly openFiles: readonly SavedOpenFile[];
  readonly nextFile: number;
  readonly lastPid: number;
  readonly bootedUs: number;
  readonly records: readonly SavedRecord[];
}

export function snapshotKernel(kernel: HostKernel): Plain {
  const openFiles = new Map<number, OpenFile>();
  for (const { descriptors } of kernel.records.values())
    for (const { file } of descriptors.values()) openFiles.set(file.id, file);
  const state: SavedKernel = {
    files: kernel.files.snapshot(),
    block: kernel.files.block?.snapshot(),
    namespaces: kernel.namespaces.snapshot(),
    streams: kernel.streams.snapshot(),
    locks: kernel.locks.snapshot(),
    ttys: kernel.ttys.snapshot(),
    cgroups: kernel.cgroupTree.snapshot(),
    cpu: kernel.cpu.snapshot(),
    tables: kernel.tables.snapshot(),
    forkBound: kernel.forkBound.snapshot(),
    openFiles: [...openFiles.values()].map((file) => ({
      ...file,
      place: file.place === undefined ? undefined : kernel.files.refer(file.place),
      kind: saveKind(kernel, file.kind),
    })),
    nextFile: kernel.descriptors.nextFile,
    lastPid: kernel.lifecycle.lastPid,
    bootedUs: kernel.bootedUs,
    records: [...kernel.records.values()].map((record) => saveRecord(kernel, record)),
  };
  return state as unknown as Plain;
}

function saveKind(kernel: HostKernel, kind: FileKind): Plain {
  return kind.type === 'node' ? { type: 'node', place: kernel.files.refer(kind.place) } : { ...kind };
}

function saveRecord(kernel: HostKernel, record: ProcessRecord): SavedRecord {
  const { holds: _, ...rest } = record;
  return {
    ...rest,
    caught: [...record.caught],
    children: [...record.children],
    mounts: record.mounts.id,
    cgroup: record.cgroup.path,
    root: kernel.files.refer(record.root),
    cwd: kernel.files.refer(record.cwd),
    descriptors: [...record.descriptors].map(([fd, { file, closeOnExec }]) => [fd, file.id, closeOnExec] as const),
    dispositions: [...record.dispositions],
    // JSON has no infinity.
    limits: [...record.limits]
      .filter(([name, limit]) => DEFAULT_LIMITS.get(name) !== limit)
      .map(([name, { soft, hard }]) => [name, { soft: finite(soft), hard: finite(hard) }] as const),
    pending: [...record.pending.values()].map(({ resolve: _resolve, ...pending }) => pending),
    journal: record.journal.save(),
    kind:
      record.kind.type === 'reactive'
        ? {
            ...record.kind,
            instance: record.kind.instance === undefined ? undefined : saveInstance(record.kind.instance),
          }
        : record.kind,
  };
}

const finite = (limit: number): number | null => (Number.isFinite(limit) ? limit : null);

/** Puts everything back; programs catch up in the next macrotask, without effects. */
export function restoreKernel(kernel: HostKernel, saved: Plain): void {
  const state = saved as unknown as SavedKernel;
  kernel.bootedUs = state.bootedUs;
  kernel.files.restore(state.files);
  kernel.namespaces.restore(state.namespaces);
  kernel.streams.restore(state.streams);
  kernel.locks.restore(state.locks);
  kernel.ttys.restore(state.ttys);
  kernel.cgroupTree.restore(state.cgroups);
  kernel.cpu.restore(state.cpu);
  kernel.tables.restore(state.tables);
  kernel.forkBound.restore(state.forkBound);
  kernel.descriptors.nextFile = state.nextFile;
  kernel.lifecycle.lastPid = state.lastPid;
  const files = new Map<number, OpenFile>();
  for (const each of state.openFiles) {
    const file = loadFile(kernel, each);
    if (file !== undefined) files.set(file.id, file);
  }
  kernel.records.clear();
  for (const each of state.records) kernel.records.set(each.pid, loadRecord(kernel, each, files));
  if (state.block !== undefined) loadBlockLayer(kernel, state.block);
  kernel.reactive.rebuild();
  for (const record of kernel.records.values()) {
    if (isAlive(record) && record.kind.type === 'program' && record.running && record.ending === undefined)
      kernel.runner.launch(record);
  }
}

function loadFile(kernel: HostKernel, saved: SavedOpenFile): OpenFile | undefined {
  const place = saved.place === undefined ? undefined : kernel.files.recall(saved.place);
  const kind = saved.kind as unknown as FileKind & { readonly place: Plain };
  if (kind.type !== 'node') return { ...saved, place, kind };
  const node = kernel.files.recall(kind.place);
  if (node === undefined) return undefined;
  node.node.opened(1);
  return { ...saved, place, kind: { type: 'node', place: node } };
}

function loadRecord(kernel: HostKernel, saved: SavedRecord, files: ReadonlyMap<number, OpenFile>): ProcessRecord {
  const walker = kernel.files.walkerOf(saved.mounts);
  const kind =
    saved.kind.type === 'reactive' && saved.kind.instance !== undefined
      ? { ...saved.kind, instance: loadInstance(saved.kind.instance as SavedInstance) }
      : saved.kind;
  return {
    ...saved,
    kind: kind as ProcessKind,
    mounts: walker.namespace,
    cgroup: kernel.cgroupTree.find(saved.cgroup) ?? kernel.cgroupTree.root,
    root: kernel.files.recall(saved.root) ?? walker.root,
    cwd: kernel.files.recall(saved.cwd) ?? walker.root,
    descriptors: new LateMap(
      saved.descriptors.flatMap(([fd, id, closeOnExec]) => {
        const file = files.get(id);
        return file === undefined ? [] : [[fd, { file, closeOnExec }] as const];
      }),
    ),
    dispositions: new LateMap(saved.dispositions) as ProcessRecord['dispositions'],
    limits: loadLimits(saved.limits),
    caught: [...saved.caught],
    children: new LateSet(saved.children),
    pending: new LateMap(saved.pending.map((pending) => [pending.number, { ...pending, resolve: undefined }])),
    journal: new Journal(saved.journal),
    holds: 0,
  };
}

function loadLimits(saved: SavedRecord['limits']): ProcessRecord['limits'] {
  if (saved.length === 0) return DEFAULT_LIMITS;
  const changed = saved.map(
    ([name, { soft, hard }]) => [name, { soft: soft ?? Infinity, hard: hard ?? Infinity }] as const,
  );
  return new Map([...DEFAULT_LIMITS, ...changed]);
}
