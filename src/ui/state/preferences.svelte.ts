import { store, stored } from './local-storage.ts';

/** Switches that a person sets once, and that the page remembers. */
class Preferences {
  #screenReader = $state(stored('drydock.screen-reader') === '1');
  #inputLine = $state(stored('drydock.input-line') === '1');
  #hideSystem = $state(stored('drydock.show-system') !== '1');
  #asTable = $state(stored('drydock.as-table') === '1');
  #welcomed = $state(stored('drydock.welcomed') === '1');

  get screenReader(): boolean {
    return this.#screenReader;
  }
  set screenReader(on: boolean) {
    this.#screenReader = on;
    store('drydock.screen-reader', on ? '1' : '0');
  }
  /** A plain line of input below the terminal, for touch and for input methods that a terminal cannot hold. */
  get inputLine(): boolean {
    return this.#inputLine;
  }
  set inputLine(on: boolean) {
    this.#inputLine = on;
    store('drydock.input-line', on ? '1' : '0');
  }
  get hideSystem(): boolean {
    return this.#hideSystem;
  }
  set hideSystem(on: boolean) {
    this.#hideSystem = on;
    store('drydock.show-system', on ? '0' : '1');
  }
  /** The picture as text. */
  get asTable(): boolean {
    return this.#asTable;
  }
  set asTable(on: boolean) {
    this.#asTable = on;
    store('drydock.as-table', on ? '1' : '0');
  }
  get welcomed(): boolean {
    return this.#welcomed;
  }
  set welcomed(on: boolean) {
    this.#welcomed = on;
    store('drydock.welcomed', on ? '1' : '0');
  }
}

export const preferences = new Preferences();
