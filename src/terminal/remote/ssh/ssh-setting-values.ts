/** Which values ssh takes for a keyword of ssh_config(5), and what it says of others. */
import { answerQuery } from './ssh-query.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

const YES_NO = words(`batchmode clearallforwardings enablesshkeysign exitonforwardfailure forwardx11 forwardx11trusted
  gatewayports gssapiauthentication gssapidelegatecredentials hashknownhosts hostbasedauthentication identitiesonly
  kbdinteractiveauthentication checkhostip nohostauthenticationforlocalhost passwordauthentication permitlocalcommand
  enableescapecommandline proxyusefdpass streamlocalbindunlink tcpkeepalive visualhostkey compression stdinnull forkafterauthentication`);
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
  ['sessiontype', ['none', 'subsystem', 'default']],
  ['tunnel', ['yes', 'no', 'true', 'false', 'point-to-point', 'ethernet']],
  ['canonicalizehostname', ['true', 'false', 'yes', 'no', 'always', 'none']],
  ['pubkeyauthentication', ['true', 'false', 'yes', 'no', 'unbound', 'host-bound']],
]);
const LEVELS = words('quiet fatal error info verbose debug debug1 debug2 debug3');

const ALGORITHMS: Readonly<Record<string, { readonly query: string; readonly called: string }>> = {
  ciphers: { query: 'cipher', called: 'SSH2 cipher spec' },
  macs: { query: 'mac', called: 'SSH2 MAC spec' },
  hostkeyalgorithms: { query: 'key-sig', called: 'key types' },
  pubkeyacceptedalgorithms: { query: 'key-sig', called: 'key types' },
};
/** Keywords of one word, of those that take any. */
const SINGLE = words('user hostname hostkeyalias bindaddress bindinterface controlpath tag identityagent');

/** Whether each of a list is an algorithm that there is; `+`, `-` and `^` say how the list meets the usual one. */
export const isListOf = (query: string, value: string): boolean =>
  value
    .replace(/^[+^-]/, '')
    .split(',')
    .every((each) => answerQuery(query)?.includes(each) === true);

/** A character, `^X` or none. */
export const isEscape = (value: string): boolean =>
  value.length === 1 || value === 'none' || /^\^[@-\x7f]$/.test(value);

/** After the place's name; undefined where nothing is wrong. */
export function wrongClientValue(keyword: string, value: string): string | undefined {
  const name = keyword.toLowerCase();
  const low = value.toLowerCase();
  if (value === '') return `no argument after keyword "${name}"`;
  if (name === 'port') return portOf(value) === undefined ? `Bad port '${value}'.` : undefined;
  if (name === 'loglevel') return LEVELS.has(low) ? undefined : `unsupported log level '${value}'`;
  if (NUMBERS.has(name)) return /^-?\d+$/.test(value) ? undefined : 'integer value invalid.';
  if (TIMES.has(name)) return low === 'none' || /^(\d+[smhdw]?)+$/.test(low) ? undefined : 'invalid time value.';
  if (name === 'escapechar') return isEscape(value) ? undefined : 'Bad escape character.';
  if (name === 'kexalgorithms') {
    const wrong = value.split(',').find((each) => !isListOf('kex', each));
    return wrong === undefined ? undefined : `Bad SSH2 KexAlgorithms '${value}'.`;
  }
  const algorithms = ALGORITHMS[name];
  if (algorithms !== undefined)
    return isListOf(algorithms.query, value) ? undefined : `Bad ${algorithms.called} '${value}'.`;
  if (SINGLE.has(name) && /\s/.test(value)) return `keyword ${name} extra arguments at end of line`;
  const choices = YES_NO.has(name) ? ['yes', 'no', 'true', 'false'] : CHOICES.get(name);
  return choices === undefined || choices.includes(low) ? undefined : `unsupported option "${value}".`;
}

/** A port's number; undefined where it is none. */
export function portOf(text: string): number | undefined {
  const port = Number(text);
  return /^\d+$/.test(text) && port > 0 && port < 65_536 ? port : undefined;
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };

/** Seconds of a time as `90`, `5m` or `1h30m`; 0 for none. */
export const secondsOf = (text: string): number =>
  [...text.toLowerCase().matchAll(/(\d+)([smhdw]?)/g)].reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (UNITS[unit] ?? 1),
    0,
  );
