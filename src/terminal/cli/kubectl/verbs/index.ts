/** Every verb that kubectl has here. */
import type { Verb } from '../verb.ts';
import { get } from './get.ts';

export const VERBS: readonly Verb[] = [get];
