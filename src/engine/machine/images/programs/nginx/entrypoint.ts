/**
 * /docker-entrypoint.sh of the nginx image.
 * Models: what its scripts print and change (IPv6 listen, templates), then nginx itself, or the command given instead.
 * Leaves out: scripts that a user adds, and the text of the scripts: they are one program here, so that a thousand pods start.
 */
import { decodeUtf8 } from '../../../../../protocol/bytes.ts';
import { failed } from '../../../../../protocol/errno.ts';
import type { ReactiveContext, ReactiveProgram } from '../../../kernel/reactive/reactive.ts';
import { DEFAULT_CONF } from './files.ts';

const DIRECTORY = '/docker-entrypoint.d';
const CONF = '/etc/nginx/conf.d/default.conf';

export const nginxEntrypoint: ReactiveProgram = {
  memoryBytes: 1_638_400,
  name: 'docker-entrypoint.sh',
  start(context) {
    const [, command = '', ...args] = context.argv;
    if (command === 'nginx' || command === 'nginx-debug') {
      const said = configure(context);
      if (context.env['NGINX_ENTRYPOINT_QUIET_LOGS'] === undefined) context.print(said);
    }
    handOver(context, command, args);
  },
};

function handOver(context: ReactiveContext, command: string, args: readonly string[]): void {
  const replaced = context.exec(command, [command, ...args]);
  if (!failed(replaced)) return;
  context.print(
    `/docker-entrypoint.sh: 47: exec: ${command}: ${replaced.errno === 'EACCES' ? 'Permission denied' : 'not found'}\n`,
    2,
  );
  context.exit(replaced.errno === 'EACCES' ? 126 : 127);
}

/** Does what the scripts do and answers what they print. */
function configure(context: ReactiveContext): string {
  const scripts = context.readdir(DIRECTORY);
  const me = '/docker-entrypoint.sh';
  if (failed(scripts) || scripts.length === 0)
    return `${me}: No files found in ${DIRECTORY}/, skipping configuration\n`;
  const lines = [
    `${me}: ${DIRECTORY}/ is not empty, will attempt to perform configuration`,
    `${me}: Looking for shell scripts in ${DIRECTORY}/`,
  ];
  for (const name of scripts.map((entry) => entry.name).sort()) {
    const path = `${DIRECTORY}/${name}`;
    lines.push(
      name.endsWith('.envsh')
        ? `${me}: Sourcing ${path}`
        : name.endsWith('.sh')
          ? `${me}: Launching ${path}`
          : `${me}: Ignoring ${path}`,
    );
    if (name === '10-listen-on-ipv6-by-default.sh') lines.push(...listenOnIpv6(context, name));
    else if (name === '20-envsubst-on-templates.sh') lines.push(...substitute(context, name));
    else if (!KNOWN_SCRIPTS.has(name) && name.endsWith('.sh')) lines.push(`drydock: '${path}' is not simulated`);
  }
  lines.push(`${me}: Configuration complete; ready for start up`);
  return `${lines.join('\n')}\n`;
}

const KNOWN_SCRIPTS = new Set(['15-local-resolvers.envsh', '30-tune-worker-processes.sh']);

function listenOnIpv6(context: ReactiveContext, name: string): readonly string[] {
  const info = (text: string): string => `${name}: info: ${text}`;
  const bytes = context.readFile(CONF);
  if (failed(bytes)) return [info(`${CONF} is not a file or does not exist`)];
  const text = decodeUtf8(bytes);
  if (text.includes('listen  [::]:80;')) return [info('IPv6 listen already enabled')];
  const checksum = info(`Getting the checksum of ${CONF}`);
  if (text !== DEFAULT_CONF) return [checksum, info(`${CONF} differs from the packaged version`)];
  const written = context.writeFile(CONF, text.replace('listen       80;', 'listen       80;\n    listen  [::]:80;'));
  if (failed(written)) return [info(`can not modify ${CONF} (read-only file system?)`)];
  return [checksum, info(`Enabled listen on IPv6 in ${CONF}`)];
}

function substitute(context: ReactiveContext, name: string): readonly string[] {
  const from = context.env['NGINX_ENVSUBST_TEMPLATE_DIR'] ?? '/etc/nginx/templates';
  const suffix = context.env['NGINX_ENVSUBST_TEMPLATE_SUFFIX'] ?? '.template';
  const to = context.env['NGINX_ENVSUBST_OUTPUT_DIR'] ?? '/etc/nginx/conf.d';
  const entries = context.readdir(from);
  if (failed(entries)) return [];
  return entries
    .map((entry) => entry.name)
    .filter((entry) => entry.endsWith(suffix))
    .sort()
    .map((entry) => {
      const output = `${to}/${entry.slice(0, -suffix.length)}`;
      const bytes = context.readFile(`${from}/${entry}`);
      // Only variables that exist are replaced, so that nginx's own stay.
      if (!failed(bytes))
        context.writeFile(
          output,
          decodeUtf8(bytes).replace(
            /\$\{?([A-Za-z_]\w*)\}?/g,
            (whole, variable: string) => context.env[variable] ?? whole,
          ),
        );
      return `${name}: Running envsubst on ${from}/${entry} to ${output}`;
    });
}
