/** The package brings no types; this is the part that is used. */
declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** A DynamoDB in memory, not listening yet. */
  function dynalite(options: { readonly createTableMs: number }): Server;
  export = dynalite;
}
