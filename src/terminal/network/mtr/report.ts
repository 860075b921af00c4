/** mtr's reports of a way: a table, comma separated values, JSON. */
import { strftime } from '../../strftime.ts';
import { BLANK, type Field, type Hop } from './tally.ts';

const HOST_COLUMN = 33;
const HOP_HEAD = 8;

export interface Report {
  readonly from: string;
  readonly to: string;
  readonly beganUs: number;
  readonly cycles: number;
  readonly bytes: number;
  readonly fields: readonly Field[];
  /** Numbers from 1, with the names as they are shown. */
  readonly hops: readonly { readonly number: number; readonly name: string; readonly hop: Hop }[];
}

const cell = ({ digits, sign, width }: Field, value: number): string =>
  `${value.toFixed(digits)}${sign ?? ''}`.padStart(width);

/** A cell too wide is cut by the next one, as if written over it. */
function row(head: string, room: number, cells: readonly string[], fields: readonly Field[]): string {
  const cut = cells.map((text, at) => (at === cells.length - 1 ? text : text.slice(0, fields[at]?.width)));
  return `${head.slice(0, room).padEnd(room)}${cut.join('')}`;
}

/** `wide` makes room for the longest name. */
export function tableOf({ from, fields, hops, beganUs }: Report, wide: boolean): readonly string[] {
  const names = hops.map(({ name }) => name.length);
  const room = wide ? HOP_HEAD + Math.max(0, ...names, from.length - 2) : HOST_COLUMN;
  return [
    `Start: ${strftime('%Y-%m-%dT%H:%M:%S', beganUs)}+0000`,
    row(
      `HOST: ${from}`,
      room,
      fields.map(({ title, width }) => title.padStart(width)),
      fields,
    ),
    ...hops.map(({ number, name, hop }) =>
      row(
        `${String(number).padStart(3)}.|-- ${name}`,
        room,
        // The blank in front belongs to the cell: 100.0% loses its sign.
        fields.map((field) => (field.width === 1 ? ' ' : padded(field, hop))),
        fields,
      ),
    ),
  ];
}

const padded = (field: Field, hop: Hop): string => {
  const text = cell(field, field.value(hop));
  return text.startsWith(' ') ? text : ` ${text}`;
};

export function csvOf({ to, fields, hops, beganUs }: Report): readonly string[] {
  const seconds = String(Math.floor(beganUs / 1e6));
  return [
    `Mtr_Version,Start_Time,Status,Host,Hop,Ip,${fields.map(({ title, key }) => (key === ' ' ? ' ' : title)).join(',')},`,
    ...hops.map(({ number, name, hop }) =>
      [
        'MTR.0.95',
        seconds,
        'OK',
        to,
        String(number),
        name,
        ...fields.map((field) => (field === BLANK ? '0' : field.value(hop).toFixed(field.digits === 0 ? 0 : 2))),
      ].join(','),
    ),
  ];
}

export function jsonOf({ from, to, fields, hops, cycles, bytes }: Report): readonly string[] {
  const shown = fields.filter((field) => field !== BLANK);
  const hub = ({ number, name, hop }: Report['hops'][number], last: boolean): readonly string[] => [
    '            {',
    `                "count": ${String(number)},`,
    `                "host": ${JSON.stringify(name)}${shown.length > 0 ? ',' : ''}`,
    ...shown.map(
      (field, at) => `                "${field.title}": ${jsonNumber(field, hop)}${at < shown.length - 1 ? ',' : ''}`,
    ),
    `            }${last ? '' : ','}`,
  ];
  return [
    '{',
    '    "report": {',
    '        "mtr": {',
    `            "src": ${JSON.stringify(from)},`,
    `            "dst": ${JSON.stringify(to)},`,
    '            "tos": 0,',
    `            "tests": ${String(cycles)},`,
    `            "psize": "${String(bytes)}",`,
    '            "bitpattern": "0x00"',
    '        },',
    '        "hubs": [',
    ...hops.flatMap((each, at) => hub(each, at === hops.length - 1)),
    '        ]',
    '    }',
    '}',
  ];
}

/** Microseconds are what mtr measures: three digits, with at least one. */
function jsonNumber(field: Field, hop: Hop): string {
  const value = field.value(hop);
  if (field.digits === 0) return String(value);
  const text = String(Number(value.toFixed(3)));
  return text.includes('.') ? text : `${text}.0`;
}
