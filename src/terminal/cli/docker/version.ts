/** docker version. */
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { parseRfc3339 } from '../../../formats/civil-time.ts';
import { strftime } from '../../strftime.ts';
import { CLIENT_VERSION } from './client-version.ts';
import { array, member, text, type Context, type Verb } from './context.ts';
import { Fatal } from './fatal.ts';
import { GoStructs } from './go-structs.ts';
import { printTemplate } from './objects.ts';

async function version(context: Context): Promise<number> {
  const { client, flags, io } = context;
  let server: JsonValue | undefined;
  let problem: string | undefined;
  try {
    server = await client.must('GET', '/version');
  } catch (failure) {
    if (!(failure instanceof Fatal)) throw failure;
    problem = failure.text;
  }
  try {
    if (flags.string('format') !== '') printVersion(context, server);
    else io.out(clientText() + (server === undefined ? '' : serverText(server)));
  } catch (failure) {
    // That there is no server comes before what a template makes of its absence.
    if (problem === undefined) throw failure;
  }
  await io.flush();
  if (problem !== undefined) throw new Fatal(problem);
  return 0;
}

const line = (indent: string, name: string, value: string): string =>
  `${indent}${`${name}:`.padEnd(20 - indent.length)}${value}\n`;

const lines = (indent: string, rows: readonly (readonly [name: string, value: string])[]): string =>
  rows.map(([name, value]) => line(indent, name, value)).join('');

const clientText = (): string =>
  `Client: ${CLIENT_VERSION.Platform.Name}\n` +
  lines(' ', [
    ['Version', CLIENT_VERSION.Version],
    ['API version', CLIENT_VERSION.ApiVersion],
    ['Go version', CLIENT_VERSION.GoVersion],
    ['Git commit', CLIENT_VERSION.GitCommit],
    ['Built', CLIENT_VERSION.BuildTime],
    ['OS/Arch', `${CLIENT_VERSION.Os}/${CLIENT_VERSION.Arch}`],
    ['Context', CLIENT_VERSION.Context],
  ]);

const serverText = (server: JsonValue): string =>
  `\nServer: ${text(server, 'Platform', 'Name')}\n` +
  array(member(server, 'Components'))
    .map((component) => ` ${text(component, 'Name')}:\n${lines('  ', componentRows(server, component))}`)
    .join('');

function componentRows(server: JsonValue, component: JsonValue): readonly (readonly [string, string])[] {
  const version = ['Version', text(component, 'Version')] as const;
  if (text(component, 'Name') !== 'Engine') return [version, ['GitCommit', text(component, 'Details', 'GitCommit')]];
  return [
    version,
    ['API version', `${text(server, 'ApiVersion')} (minimum version ${text(server, 'MinAPIVersion')})`],
    ['Go version', text(server, 'GoVersion')],
    ['Git commit', text(server, 'GitCommit')],
    ['Built', buildTime(text(component, 'Details', 'BuildTime'))],
    ['OS/Arch', `${text(server, 'Os')}/${text(server, 'Arch')}`],
    ['Experimental', text(component, 'Details', 'Experimental')],
  ];
}

/** Names of Go that JSON spells differently. */
const NAMES = { ApiVersion: 'APIVersion' };

function printVersion(context: Context, server: JsonValue | undefined): void {
  const structs = new GoStructs();
  const shown = server === undefined ? null : withBuildTimes(server as JsonObject);
  const found = server === undefined ? null : structs.struct(shown ?? {}, NAMES);
  const whole = structs.view(
    { Client: CLIENT_VERSION, Server: shown },
    { Client: structs.struct(CLIENT_VERSION, NAMES), Server: found },
  );
  const options = { name: 'version', functions: structs.functions ?? {}, missing: { struct: 'system.versionInfo' } };
  printTemplate(context, context.flags.string('format'), whole, options);
}

/** Components tell of their building as people write dates. */
const withBuildTimes = (server: JsonObject): JsonObject => ({
  ...server,
  Components: array(server['Components']).map((component) => {
    const built = text(component, 'Details', 'BuildTime');
    const details = member(component, 'Details') as JsonObject;
    return built === '' ? component : { ...component, Details: { ...details, BuildTime: buildTime(built) } };
  }),
});

/** Go's ANSIC of an RFC 3339 moment: `Fri May 30 12:07:28 2025`. */
function buildTime(moment: string): string {
  const unixMs = parseRfc3339(moment);
  return unixMs === undefined ? moment : strftime('%a %b %e %H:%M:%S %Y', unixMs * 1000);
}

export const versionVerb: Verb = {
  use: '[OPTIONS]',
  short: 'Show the Docker version information',
  args: [0, 0],
  flags: ['format'],
  run: version,
};
