/** What the address names: a sandbox, a lesson, or the course page. */
export const SANDBOXES = ['kubeadm-3', 'docker-1'] as const;
export type SandboxName = (typeof SANDBOXES)[number];

export type Route =
  | { readonly page: 'sandbox'; readonly topology: string }
  | { readonly page: 'lesson'; readonly lesson: string }
  | { readonly page: 'course' };

export const toHash = (route: Route): string => {
  switch (route.page) {
    case 'sandbox':
      return `#/sandbox/${route.topology}`;
    case 'lesson':
      return `#/lesson/${route.lesson}`;
    case 'course':
      return '#/course';
  }
};

/** Reads an address; whatever it does not know is the default sandbox. */
export function parseHash(hash: string): Route {
  const [page, name = ''] = hash.replace(/^#\/?/, '').split('/');
  if (page === 'course') return { page };
  if (page === 'lesson' && /^[\w-]+$/.test(name)) return { page, lesson: name };
  if (page === 'sandbox' && /^[a-z]+-(\d+|only|ha)$/.test(name)) return { page, topology: name };
  return { page: 'sandbox', topology: 'kubeadm-3' };
}
