/** Which values ssh takes for a keyword of ssh_config(5), and what it says of others. */

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

const YES_NO = words(`batchmode clearallforwardings enablesshkeysign exitonforwardfailure forwardx11 forwardx11trusted
  gatewayports gssapiauthentication gssapidelegatecredentials hashknownhosts hostbasedauthentication identitiesonly
  kbdinteractiveauthentication checkhostip nohostauthenticationforlocalhost passwordauthentication permitlocalcommand
  proxyusefdpass streamlocalbindunlink tcpkeepalive visualhostkey compression stdinnull forkafterauthentication`);
const NUMBERS = words(
  'connectionattempts numberofpasswordprompts serveralivecountmax canonicalizemaxdots requiredrsasize',
);
const TIMES = words('connecttimeout serveraliveinterval forwardx11timeout');
const CHOICES: ReadonlyMap<string, readonly string[]> = new Map([
  ['stricthostkeychecking', ['true', 'false', 'yes', 'no', 'ask', 'off', 'accept-new']],
  ['requesttty', ['true', 'false', 'yes', 'no', 'force', 'auto']],
  ['addressfamily', ['inet', 'inet6', 'any']],
  ['controlmaster', ['true', 'false', 'yes', 'no', 'auto', 'ask', 'autoask']],
  ['verifyhostkeydns', ['true', 'false', 'yes', 'no', 'ask']],
  ['updatehostkeys', ['true', 'false', 'yes', 'no', 'ask']],
  ['pubkeyauthentication', ['true', 'false', 'yes', 'no', 'unbound', 'host-bound']],
]);
const LEVELS = words('quiet fatal error info verbose debug debug1 debug2 debug3');

/** After the place's name; undefined where nothing is wrong. */
export function wrongClientValue(keyword: string, value: string): string | undefined {
  const name = keyword.toLowerCase();
  const low = value.toLowerCase();
  if (value === '') return `no argument after keyword "${name}"`;
  if (name === 'port') return portOf(value) === undefined ? `Bad port '${value}'.` : undefined;
  if (name === 'loglevel') return LEVELS.has(low) ? undefined : `unsupported log level '${value}'`;
  if (NUMBERS.has(name)) return /^-?\d+$/.test(value) ? undefined : 'integer value invalid.';
  if (TIMES.has(name)) return low === 'none' || /^(\d+[smhdw]?)+$/.test(low) ? undefined : 'invalid time value.';
  const choices = YES_NO.has(name) ? ['yes', 'no', 'true', 'false'] : CHOICES.get(name);
  return choices === undefined || choices.includes(low) ? undefined : `unsupported option "${value}".`;
}

/** A port's number; undefined where it is none. */
export function portOf(text: string): number | undefined {
  const port = Number(text);
  return /^\d+$/.test(text) && port > 0 && port < 65_536 ? port : undefined;
}
