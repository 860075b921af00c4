/**
 * Time zones by the TZ variable.
 * Models: POSIX's `NAME[-+]H[:MM]`, UTC, and the zones without summer time that people of this course name.
 * Leaves out: summer time; other names of the zone database read as UTC, as they do where the database is not installed.
 */
export interface Zone {
  readonly name: string;
  readonly offsetMinutes: number;
}

const UTC: Zone = { name: 'UTC', offsetMinutes: 0 };

const FIXED: Readonly<Record<string, Zone>> = {
  'Asia/Seoul': { name: 'KST', offsetMinutes: 540 },
  'Asia/Pyongyang': { name: 'KST', offsetMinutes: 540 },
  'Asia/Tokyo': { name: 'JST', offsetMinutes: 540 },
  'Asia/Shanghai': { name: 'CST', offsetMinutes: 480 },
  'Asia/Taipei': { name: 'CST', offsetMinutes: 480 },
  'Asia/Hong_Kong': { name: 'HKT', offsetMinutes: 480 },
  'Asia/Singapore': { name: '+08', offsetMinutes: 480 },
  'Asia/Bangkok': { name: '+07', offsetMinutes: 420 },
  'Asia/Ho_Chi_Minh': { name: '+07', offsetMinutes: 420 },
  'Asia/Kolkata': { name: 'IST', offsetMinutes: 330 },
  'Asia/Dubai': { name: '+04', offsetMinutes: 240 },
  'America/Sao_Paulo': { name: '-03', offsetMinutes: -180 },
};

/** The zone that a TZ variable names. */
export function zoneOf(variable: string | undefined): Zone {
  const name = (variable ?? '').replace(/^:/, '');
  const fixed = FIXED[name];
  if (fixed !== undefined) return fixed;
  // POSIX counts westward: UTC-9 is nine hours ahead.
  const posix = /^(?:([A-Za-z]{3,})|<([-+A-Za-z0-9]{3,})>)([-+]?)(\d{1,2})(?::(\d\d))?$/.exec(name);
  if (posix !== null) {
    const minutes = Number(posix[4]) * 60 + Number(posix[5] ?? '0');
    return { name: posix[1] ?? posix[2] ?? '', offsetMinutes: posix[3] === '-' ? minutes : -minutes };
  }
  const letters = /^[A-Za-z]+/.exec(name)?.[0];
  return letters === undefined
    ? UTC
    : { name: /^(Etc|Zulu|Universal|GMT)/.test(name) ? 'UTC' : letters, offsetMinutes: 0 };
}
