import type { z } from 'zod';

/** Where a thing from outside has not the shape that it should have; never what stands there. */
export function wrongFields({ issues }: z.ZodError): string[] {
  return issues.map(({ path }) => path.join('.'));
}
