/** What the cgroup of a process says of systemd (libsystemd src/basic/cgroup-util.c): units, slices, sessions. */
export interface ControlUnits {
  readonly unit: string | undefined;
  readonly userUnit: string | undefined;
  readonly slice: string | undefined;
  readonly session: string | undefined;
  readonly machine: string | undefined;
  /** Uid of the session's owner. */
  readonly owner: string | undefined;
}

const isUnit = (part: string): boolean => /\.(?:service|scope|mount|socket|swap)$/.test(part);

/** From the text of /proc/PID/cgroup. */
export function controlUnits(text: string): ControlUnits {
  const path = /^(?:0:|\d+:name=systemd):(.*)$/m.exec(text)?.[1] ?? '/';
  const parts = path.split('/').filter((part) => part !== '');
  // Slices stand above units, the user's own ones below the user's manager.
  const first = parts.findIndex((part) => !part.endsWith('.slice'));
  const slice = first < 0 ? parts.at(-1) : parts[first - 1];
  const unit = first < 0 ? undefined : parts[first];
  const below = /^user@\d+\.service$/.test(unit ?? '') ? parts.slice(first + 1) : [];
  return {
    unit: unit !== undefined && isUnit(unit) ? unit : undefined,
    userUnit: below.find(isUnit),
    slice: slice ?? '-.slice',
    session: /^session-(.+)\.scope$/.exec(unit ?? '')?.[1],
    machine: /^machine-(.+)\.scope$/.exec(unit ?? '')?.[1],
    owner: parts.map((part) => /^user-(\d+)\.slice$/.exec(part)?.[1]).find((uid) => uid !== undefined),
  };
}
