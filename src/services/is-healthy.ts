/** Whether all is well: what /healthz says, and what systemd is told. */
export function isHealthy(checks: Readonly<Record<string, { readonly ok: boolean }>>): boolean {
  return Object.values(checks).every(({ ok }) => ok);
}
