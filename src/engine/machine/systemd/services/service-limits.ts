/** What a service's settings bound its processes by: Limit…=, UMask=, OOMScoreAdjust=, capabilities (systemd.exec(5)). */
import type { ProcessSpec } from '../../kernel/interface.ts';
import { isYes, lastValue, listValue, type UnitFile } from '../units/unit-file.ts';

/** Settings with the kernel's names of the limits. */
const LIMITS: Readonly<Record<string, string>> = {
  LimitCPU: 'cpu',
  LimitFSIZE: 'fsize',
  LimitDATA: 'data',
  LimitSTACK: 'stack',
  LimitCORE: 'core',
  LimitNOFILE: 'nofile',
  LimitAS: 'as',
  LimitNPROC: 'nproc',
  LimitMEMLOCK: 'memlock',
};
const UNITS: Readonly<Record<string, number>> = { K: 1024, M: 1_048_576, G: 1_073_741_824, T: 1_099_511_627_776 };

export function limitsOf(
  file: UnitFile,
): Pick<ProcessSpec, 'rlimits' | 'umask' | 'oomScoreAdj' | 'noNewPrivileges' | 'boundingCapabilities'> {
  const rlimits = Object.entries(LIMITS).flatMap(([setting, name]) => {
    const limit = parseLimit(lastValue(file, 'Service', setting) ?? '');
    return limit === undefined ? [] : [[name, limit] as const];
  });
  const umask = lastValue(file, 'Service', 'UMask');
  const score = Number(lastValue(file, 'Service', 'OOMScoreAdjust') ?? '0');
  const bounding = listValue(file, 'Service', 'CapabilityBoundingSet');
  return {
    ...(rlimits.length === 0 ? {} : { rlimits: Object.fromEntries(rlimits) }),
    ...(umask !== undefined && /^[0-7]{1,4}$/.test(umask) ? { umask: parseInt(umask, 8) } : {}),
    ...(Number.isInteger(score) && score !== 0 && Math.abs(score) <= 1000 ? { oomScoreAdj: score } : {}),
    ...(isYes(lastValue(file, 'Service', 'NoNewPrivileges')) ? { noNewPrivileges: true } : {}),
    ...(bounding.length === 0 || bounding[0]?.startsWith('~') === true
      ? {}
      : { boundingCapabilities: bounding.map((name) => name.replace(/^CAP_/, '')) }),
  };
}

/** `4096`, `1024:4096`, `64K`, `infinity`; undefined where it is none. */
export function parseLimit(text: string): { readonly soft: number; readonly hard: number } | undefined {
  const [first, second] = text.split(':').map(parseOne);
  if (first === undefined || (text.includes(':') && second === undefined)) return undefined;
  return { soft: first, hard: second ?? first };
}

function parseOne(text: string): number | undefined {
  if (text === 'infinity') return Infinity;
  const match = /^(\d+)([KMGT]?)$/.exec(text);
  return match === null ? undefined : Number(match[1]) * (UNITS[match[2] ?? ''] ?? 1);
}
