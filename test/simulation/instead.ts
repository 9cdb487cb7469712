export type Method = (...args: unknown[]) => unknown;

/** A port with other methods: what `make` makes of each, given its name and what it does. */
export function instead<P extends object>(port: P, make: (name: string, method: Method) => Method): P {
  const made: Record<string, Method> = {};
  for (const name of methodsOf(port)) made[name] = make(name, methodOf(port, name));
  return made as P;
}

/** A method of a port, bound to it. */
export const methodOf = (port: object, name: string): Method => {
  const method = (port as Record<string, Method>)[name];
  if (method === undefined) throw new Error(`a port has no ${name}`);
  return method.bind(port);
};

function methodsOf(port: object): Set<string> {
  const names = new Set<string>();
  for (let at: object = port; at !== Object.prototype; at = Object.getPrototypeOf(at) as object) {
    for (const name of Object.getOwnPropertyNames(at)) {
      const value = Object.getOwnPropertyDescriptor(at, name)?.value as unknown;
      if (typeof value === 'function' && name !== 'constructor') names.add(name);
    }
  }
  return names;
}
