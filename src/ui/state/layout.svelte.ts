/** How much room there is: three columns, two with tabs, or one. */
export type Room = 'wide' | 'medium' | 'narrow';

class Layout {
  #wide = matchMedia('(min-width: 1024px)');
  #medium = matchMedia('(min-width: 640px)');
  #room = $state<Room>('wide');

  constructor() {
    const measure = (): void => {
      this.#room = this.#wide.matches ? 'wide' : this.#medium.matches ? 'medium' : 'narrow';
    };
    measure();
    this.#wide.addEventListener('change', measure);
    this.#medium.addEventListener('change', measure);
  }

  get room(): Room {
    return this.#room;
  }
}

export const layout = new Layout();
