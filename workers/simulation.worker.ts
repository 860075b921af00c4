/** The simulation's own thread. The first import shuts the outside's clocks and dice off before the engine loads. */
import './guard-globals.ts';
import { expose } from 'comlink';
import { host } from './simulation-host.ts';

expose(host);
