/** Reading request bodies: JSON objects of the wire, where a member may be anything. */
import type { JsonObject, JsonValue } from '../../protocol/plain.ts';

export type Fields = JsonObject;
export const EMPTY: Fields = {};

export const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const object = (from: Fields, name: string): Fields => {
  const value = from[name];
  return isObject(value) ? value : EMPTY;
};
export const text = (from: Fields, name: string): string => {
  const value = from[name];
  return typeof value === 'string' ? value : '';
};
export const number = (from: Fields, name: string): number => {
  const value = from[name];
  return typeof value === 'number' ? value : 0;
};
export const flag = (from: Fields, name: string): boolean => from[name] === true;
export const list = (from: Fields, name: string): readonly JsonValue[] => {
  const value = from[name];
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
};
/** Strings of a list; a single string counts as a list of one. */
export const texts = (from: Fields, name: string): readonly string[] => {
  const value = from[name];
  return typeof value === 'string' ? [value] : list(from, name).filter((item) => typeof item === 'string');
};
export const optionalTexts = (from: Fields, name: string): readonly string[] | undefined =>
  from[name] === undefined || from[name] === null ? undefined : texts(from, name);
/** A map of strings. */
export const record = (from: Fields, name: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(object(from, name)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
