/** getent: a database of /etc, and hosts as the resolver finds them. Leaves out: services by port, aliases, shadow's rules. */
import { baseName } from '../../io.ts';
import { command } from '../../coreutils/command.ts';
import { resolveHost } from '../../resolver.ts';

export const getent = command(
  {
    name: 'getent',
    hint: (name) => `Try \`${baseName(name)} --help' or \`${baseName(name)} --usage' for more information.`,
    short: 's:',
    usageStatus: 64,
  },
  async (call) => {
    const { process, io } = call;
    const [database, ...keys] = call.operands;
    const file = process.readFile(`/etc/${database ?? ''}`);
    if ((database === 'hosts' || database === 'ahosts') && keys.length > 0) {
      let status = 0;
      for (const key of keys) {
        const found = await resolveHost(process, key);
        if (found.type === 'failed') status = 2;
        else for (const address of found.addresses) io.line(`${address.padEnd(15)} ${found.canonicalName}`);
      }
      return await io.end(status);
    }
    if (!(file instanceof Uint8Array)) {
      await io.raw(
        `Unknown database: ${database ?? ''}\nTry \`getent --help' or \`getent --usage' for more information.\n`,
      );
      return 1;
    }
    const lines = new Array<string>();
    for (const line of String.fromCharCode(...file).split('\n'))
      if (line !== '' && !line.startsWith('#')) lines.push(line);
    const chosen =
      keys.length === 0
        ? lines
        : lines.filter((line) => keys.some((key) => line.split(':')[0] === key || line.split(':')[2] === key));
    for (const line of chosen) io.line(line);
    return await io.end(chosen.length > 0 ? 0 : 2);
  },
);
