/** docker login and logout. */
import { type Verb } from './context.ts';
import { Fatal } from './fatal.ts';

export const loginVerbs: Readonly<Record<string, Verb>> = {
  login: {
    use: '[OPTIONS] [SERVER]',
    short: 'Authenticate to a registry',
    args: [0, 1],
    flags: ['username', 'password'],
    run: async ({ client, flags, io }) => {
      if (!flags.changed('username') || flags.string('password') === '')
        throw new Fatal('Error: Cannot perform an interactive login from a non TTY device');
      await io.raw('WARNING! Using --password via the CLI is insecure. Use --password-stdin.\n');
      await client.must('POST', '/auth', {
        username: flags.string('username'),
        password: flags.string('password'),
        serveraddress: flags.args[0] ?? 'https://index.docker.io/v1/',
      });
      return 0;
    },
  },
  // No registry lets anybody in here, so nothing is kept that could be removed.
  logout: {
    use: '[SERVER]',
    short: 'Log out from a registry',
    args: [0, 1],
    flags: [],
    run: ({ io, flags }) => {
      io.line(`Removing login credentials for ${flags.args[0] ?? 'https://index.docker.io/v1/'}`);
      return Promise.resolve(0);
    },
  },
};
