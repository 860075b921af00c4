/** Programs of procps that are there and refused by name: what they are about is not modelled. */
import { notSimulated, plainProgram } from '../system/plain-program.ts';

export const skill = plainProgram('skill', async ({ io }) => await notSimulated(io, 'skill'));
export const slabtop = plainProgram('slabtop', async ({ io }) => await notSimulated(io, 'slabtop'));
export const snice = plainProgram('snice', async ({ io }) => await notSimulated(io, 'snice'));
export const tload = plainProgram('tload', async ({ io }) => await notSimulated(io, 'tload'));
