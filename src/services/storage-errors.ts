import { StorageError } from '../core/storage-error.ts';

type AsyncMethods = Record<string, (...args: never[]) => Promise<unknown>>;

/** The same port; what its methods reject with becomes the cause of a StorageError. */
export function withStorageErrors<Port extends object>(port: Port): Port {
  const guard =
    (name: string, method: AsyncMethods[string]) =>
    async (...args: never[]) => {
      try {
        return await method(...args);
      } catch (error) {
        throw new StorageError(`${name}: ${error instanceof Error ? error.message : error}`, {
          cause: error,
        });
      }
    };
  const methods = Object.entries(port as AsyncMethods);
  return Object.fromEntries(methods.map(([name, method]) => [name, guard(name, method)])) as Port;
}
