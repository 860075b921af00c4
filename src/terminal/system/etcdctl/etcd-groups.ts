import type { PlainCall } from '../plain-program.ts';

/** Commands that only have commands below them, with what each of those is for. Leaves out: the options that help lists. */
const GROUPS: Readonly<Record<string, readonly [about: string, commands: Readonly<Record<string, string>>]>> = {
  alarm: ['Alarm related commands', { disarm: 'Disarms all alarms', list: 'Lists all alarms' }],
  endpoint: [
    'Endpoint related commands',
    {
      hashkv: 'Prints the KV history hash for each endpoint in --endpoints',
      health: 'Checks the healthiness of endpoints specified in `--endpoints` flag',
      status: 'Prints out the status of endpoints specified in `--endpoints` flag',
    },
  ],
  member: [
    'Membership related commands',
    {
      add: 'Adds a member into the cluster',
      list: 'Lists all members in the cluster',
      promote: 'Promotes a non-voting member in the cluster',
      remove: 'Removes a member from the cluster',
      update: 'Updates a member in the cluster',
    },
  ],
  snapshot: ['Manages etcd node snapshots', { save: 'Stores an etcd node backend snapshot to a given file' }],
};

/** A group of commands without one of them tells what it has; undefined where the name is none of a group. */
export async function groupHelp({ io }: PlainCall, name: string): Promise<number | undefined> {
  const group = GROUPS[name];
  if (group === undefined) return undefined;
  const [about, commands] = group;
  io.out(
    `NAME:\n\t${name} - ${about}\n\nUSAGE:\n\tetcdctl ${name} <subcommand> [flags]\n\nAPI VERSION:\n\t3.6\n\n\nCOMMANDS:\n`,
  );
  for (const [command, purpose] of Object.entries(commands)) io.line(`\t${command}\t${purpose}`);
  return await io.end(0);
}
