import { type Route, parseHash, toHash } from './route.ts';

/** Follows the page's address. */
export class Router {
  #route = $state.raw<Route>(parseHash(location.hash));

  constructor(onchange: (route: Route) => void) {
    addEventListener('hashchange', () => {
      this.#route = parseHash(location.hash);
      onchange(this.#route);
    });
  }

  get route(): Route {
    return this.#route;
  }

  go(route: Route): void {
    location.hash = toHash(route);
  }
}
