/** What run and create refuse by themselves, before they ask the daemon (docker/cli cli/command/container/opts.go). */
import type { Flags } from '../framework/flags.ts';
import { refuseArgument, refuseRun } from './fatal.ts';

/** Ends the command at the first flag whose value cannot be meant. */
export function checkRunFlags(flags: Flags): void {
  for (const { flag, shown, fault } of VALUE_RULES)
    for (const value of flags.list(flag)) {
      const why = fault(value);
      if (why !== undefined) refuseArgument(value, shown, why);
    }
  const cpus = flags.string('cpus');
  if (cpus !== '' && !/^\d*\.?\d+$/.test(cpus))
    refuseArgument(cpus, '--cpus', `failed to parse ${cpus} as a rational number`);
  checkHealth(flags);
  for (const port of flags.list('expose'))
    if (!/^\d+(-\d+)?(\/\w+)?$/.test(port))
      refuseRun(
        `invalid range format for --expose: ${port}, error: strconv.ParseUint: parsing "${port}": invalid syntax`,
      );
  for (const option of flags.list('security-opt'))
    if (!/[=:]/.test(option) && option !== 'no-new-privileges') refuseRun(`Invalid --security-opt: "${option}"`);
  checkNamespaces(flags);
  const network = flags.list('network')[0] ?? '';
  if (flags.list('network-alias').length > 0 && ['', 'default', 'bridge', 'host', 'none'].includes(network))
    refuseRun('network-scoped aliases are only supported for user-defined networks');
}

interface ValueRule {
  readonly flag: string;
  /** As help spells it. */
  readonly shown: string;
  readonly fault: (value: string) => string | undefined;
}

const ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*)$/;
/** What a container of its own can set. */
const SYSCTLS = /^(kernel\.(msgmax|msgmnb|msgmni|sem|shmall|shmmax|shmmni|shm_rmid_forced)|(net|fs\.mqueue)\..*)=/;

const VALUE_RULES: readonly ValueRule[] = [
  {
    flag: 'env',
    shown: '-e, --env',
    fault: (value) => (value === '' || value.startsWith('=') ? `invalid environment variable: ${value}` : undefined),
  },
  {
    flag: 'sysctl',
    shown: '--sysctl',
    fault: (value) => (SYSCTLS.test(value) ? undefined : `sysctl '${value}' is not allowed`),
  },
  {
    flag: 'add-host',
    shown: '--add-host',
    fault: (value) => (/^[^:=]+[:=]./.test(value) ? undefined : `bad format for add-host: "${value}"`),
  },
  {
    flag: 'dns',
    shown: '--dns',
    fault: (value) => (ADDRESS.test(value) ? undefined : `IP address is not correctly formatted: ${value}`),
  },
  {
    flag: 'mount',
    shown: '--mount',
    fault: (value) => {
      const bare = value.split(',').find((field) => !field.includes('=') && !BARE_MOUNT_FIELDS.has(field));
      return bare === undefined ? undefined : `invalid field '${bare}' must be a key=value pair`;
    },
  },
];

const BARE_MOUNT_FIELDS: ReadonlySet<string> = new Set(['readonly', 'ro', 'volume-nocopy', 'bind-nonrecursive']);

const HEALTH_DURATIONS = ['health-interval', 'health-timeout', 'health-start-period'];

function checkHealth(flags: Flags): void {
  const given = ['health-cmd', 'health-retries', ...HEALTH_DURATIONS].some((name) => flags.changed(name));
  if (flags.bool('no-healthcheck') && given) refuseRun('--no-healthcheck conflicts with --health-* options');
  for (const name of HEALTH_DURATIONS)
    if (flags.changed(name) && flags.durationMs(name) < 0) refuseRun(`--${name} cannot be negative`);
}

function checkNamespaces(flags: Flags): void {
  if (!/^(|host|container:.+)$/.test(flags.string('pid'))) refuseRun('--pid: invalid PID mode');
  if (!/^(|host)$/.test(flags.string('uts'))) refuseRun('--uts: invalid UTS mode');
  if (!/^(|host)$/.test(flags.string('userns'))) refuseRun('--userns: invalid USER mode');
}
