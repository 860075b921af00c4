/** docker login and logout. */
import { type Verb } from './context.ts';
import { Fatal } from './fatal.ts';

export const loginVerbs: Readonly<Record<string, Verb>> = {
  login: {
    use: '[OPTIONS] [SERVER]',
    short: 'Authenticate to a registry',
    args: [0, 1],
    flags: ['username', 'password', 'password-stdin'],
    run: async ({ client, flags }) => {
      if (!flags.changed('username'))
        throw new Fatal('Error: Cannot perform an interactive login from a non TTY device');
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
