// Several tabs, one device: what must not happen twice at once happens under a Web Lock.

export const alone = <T>(name: string, act: () => Promise<T>): Promise<T> =>
  navigator.locks.request(`tilth ${name}`, act) as Promise<T>;
