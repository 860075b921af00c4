/** The chains of the CKAD exercises that the spine covers: core concepts, services and networking. */
export const SPINE = 'a-core|f-services';

/**
 * Commands of the chains that a cluster refuses too when a script types them one after the other, by their place in the
 * chain. All others end well: 68 of 86.
 */
export const REFUSED: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  'ckad-chain/a-core-concepts-13': {
    5: 'mynamespace/nginx is there since 1',
    6: 'mynamespace/nginx is there since 1',
    9: 'typed 50 ms after the pod was made',
    14: 'typed 50 ms after the pod was made',
    25: 'busybox is there since 13',
    27: 'busybox is there since 13',
    28: 'busybox is there since 13',
    38: 'busybox is there since 13',
    39: 'busybox is there since 13',
    40: 'busybox is there since 13',
    42: 'nginx is there since 19',
    45: 'that nginx has no such variable',
    46: 'nginx is there since 19',
    47: 'nginx is there since 19',
  },
  'ckad-chain/f-services-and-networking-13': {
    7: 'the image of 0 is still being pulled',
    19: 'the pods of 15 have no addresses yet',
    37: 'the Deployment is there since 28',
    38: 'the Service is there since 29',
  },
};
