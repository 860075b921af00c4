/** What etcdctl prints: simple, fields, json and table (etcdctl/ctlv3/command/printer*.go). */
import { decodeBase64, decodeUtf8 } from '../../../protocol/bytes.ts';
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';

/** 64-bit numbers come as text and are printed as numbers. */
export const etcdJson = (body: JsonObject): string =>
  JSON.stringify(body).replace(/"((?:[a-z_]+|[a-zA-Z]*(?:ID|Index|Term|Size\w*)))":"(\d+)"/g, '"$1":$2');

/** A table as olekukonko/tablewriter sets it: titles in the middle, cells to the right. */
export function etcdTable(titles: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = titles.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const rule = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+`;
  const middle = (text: string, width: number): string => {
    const before = Math.floor((width - text.length) / 2);
    return `${' '.repeat(before)}${text}`.padEnd(width);
  };
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    rule,
    line(titles.map((title, at) => middle(title, widths[at] ?? 0))),
    rule,
    ...rows.map((row) => line(row.map((cell, at) => cell.padStart(widths[at] ?? 0)))),
    rule,
  ];
}

/** A 64-bit identifier as etcdctl shows it: hexadecimal. */
export const hexId = (value: JsonValue | undefined): string => BigInt(textOf(value) || '0').toString(16);
export const textOf = (value: JsonValue | undefined): string =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
export const objectOf = (value: JsonValue | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
export const listOf = (value: JsonValue | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? (value as readonly JsonValue[]).map(objectOf) : [];
export const plainText = (value: JsonValue | undefined): string =>
  decodeUtf8(decodeBase64(textOf(value)) ?? new Uint8Array());

/** `20 kB`, `2.1 GB` (dustin/go-humanize Bytes). */
export function humanSize(bytes: number): string {
  if (bytes < 10) return `${String(bytes)} B`;
  let value = bytes;
  let unit = 0;
  for (; value >= 1_000 && unit < 4; unit += 1) value /= 1_000;
  const rounded = Math.floor(value * 10 + 0.5) / 10;
  return `${rounded < 10 ? rounded.toFixed(1) : String(Math.round(rounded))} ${['B', 'kB', 'MB', 'GB', 'TB'][unit] ?? 'B'}`;
}

/** A duration as Go prints it, of microseconds. */
export const goDuration = (us: number): string =>
  us < 1_000 ? `${String(us)}µs` : us < 1e6 ? `${String(us / 1_000)}ms` : `${String(us / 1e6)}s`;

/** `"Revision" : 5` for each field of a response's head. */
export const headerFields = (header: JsonObject): readonly string[] => [
  `"ClusterID" : ${textOf(header['cluster_id'])}`,
  `"MemberID" : ${textOf(header['member_id'])}`,
  `"Revision" : ${textOf(header['revision'])}`,
  `"RaftTerm" : ${textOf(header['raft_term'])}`,
];
