import { zoneOf } from '../../coreutils/date/zone.ts';
import { strftime } from '../../strftime.ts';
import type { Shell } from '../shell.ts';

/** A prompt string with its backslash escapes decoded (bash(1), PROMPTING); expansions are the caller's. */
export function promptText(shell: Shell, text: string): string {
  const zone = zoneOf(shell.vars.get('TZ'));
  const clock = (format: string): string =>
    strftime(format, shell.process.time().realtimeUs, zone.offsetMinutes, zone.name);
  return text.replace(/\\(\[|\]|D\{[^}]*\}|[0-7]{3}|[\s\S])/g, (whole, code: string) => {
    switch (code.charAt(0)) {
      case 'u':
        return userName(shell);
      case 'h':
        return shell.process.hostname().split('.')[0] ?? '';
      case 'H':
        return shell.process.hostname();
      case 'w':
        return workingDirectory(shell, false);
      case 'W':
        return workingDirectory(shell, true);
      case '$':
        return shell.process.credentials().uid === 0 ? '#' : '$';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return clock('%H:%M:%S');
      case 'T':
        return clock('%I:%M:%S');
      case '@':
        return clock('%I:%M %p');
      case 'A':
        return clock('%H:%M');
      case 'd':
        return clock('%a %b %d');
      case 'D':
        return clock(code.slice(2, -1) === '' ? '%H:%M:%S' : code.slice(2, -1));
      case 'a':
        return '\x07';
      case 'e':
        return '\x1b';
      case 's':
        return shell.shellName;
      case 'v':
        return '5.2';
      case 'V':
        return '5.2.21';
      case 'j':
        return String(shell.jobs.list.length);
      case '!':
      case '#':
        return String(shell.history.length + 1);
      case '[':
        return '\x01';
      case ']':
        return '\x02';
      case '\\':
        return '\\';
      default:
        return /^[0-7]{3}$/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : whole;
    }
  });
}

export function userName(shell: Shell): string {
  const uid = String(shell.process.credentials().uid);
  return shell.passwd().find((fields) => fields[2] === uid)?.[0] ?? (uid === '0' ? 'root' : `I have no name!`);
}

function workingDirectory(shell: Shell, last: boolean): string {
  const home = shell.vars.get('HOME') ?? '';
  const cwd = shell.vars.get('PWD') ?? shell.process.cwd();
  if (home !== '' && home !== '/' && (cwd === home || (!last && cwd.startsWith(`${home}/`))))
    return `~${cwd.slice(home.length)}`;
  return last && cwd !== '/' ? cwd.slice(cwd.lastIndexOf('/') + 1) : cwd;
}
