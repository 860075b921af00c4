/** docker update. */
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import type { Flags } from '../framework/flags.ts';
import { each, encode, member, type Context, type Verb } from './context.ts';
import { Fatal } from './fatal.ts';
import { swapLimit } from './run-options.ts';
import { ramInBytes } from './sizes.ts';

async function run(context: Context): Promise<number> {
  const { client, flags, io } = context;
  if (flags.given().length === 0) throw new Fatal('you must provide one or more flags when using this command');
  const warnings: string[] = [];
  const body = changes(flags);
  try {
    return await each(context, async (name) => {
      const reply: JsonValue = await client.must('POST', `/containers/${encode(name)}/update`, body);
      warnings.push(...((member(reply, 'Warnings') ?? []) as readonly string[]));
      return name;
    });
  } finally {
    for (const warning of warnings) io.line(warning);
  }
}

function changes(flags: Flags): JsonObject {
  const [policy = '', retries = '0'] = flags.string('restart').split(':');
  return {
    ...(flags.changed('memory') ? { Memory: ramInBytes(flags.string('memory'), '-m, --memory') } : {}),
    MemorySwap: swapLimit(flags),
    ...(flags.changed('cpus') ? { NanoCpus: Math.round(Number(flags.string('cpus')) * 1e9) } : {}),
    CpuShares: flags.int('cpu-shares'),
    CpuQuota: flags.int('cpu-quota'),
    CpuPeriod: flags.int('cpu-period'),
    CpusetCpus: flags.string('cpuset-cpus'),
    PidsLimit: flags.int('pids-limit'),
    ...(flags.changed('restart') ? { RestartPolicy: { Name: policy, MaximumRetryCount: Number(retries) } } : {}),
  };
}

export const updateVerb: Verb = {
  use: '[OPTIONS] CONTAINER [CONTAINER...]',
  short: 'Update configuration of one or more containers',
  args: [1, Infinity],
  flags: [
    'memory',
    'memory-swap',
    'cpus',
    'cpu-shares',
    'cpu-quota',
    'cpu-period',
    'cpuset-cpus',
    'pids-limit',
    'restart',
  ],
  completes: 'containers',
  run,
};
