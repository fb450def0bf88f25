import { readFile } from 'node:fs/promises';

/** Whether this is a machine of Amazon's: what its firmware says, which asks nobody. `file` is Linux's own unless told. */
export async function isEc2Machine(file = '/sys/class/dmi/id/sys_vendor'): Promise<boolean> {
  const vendor = await readFile(file, 'utf8').catch(() => '');
  return vendor.trim() === 'Amazon EC2';
}
