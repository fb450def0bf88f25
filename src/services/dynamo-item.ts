import type { Key } from './dynamo-keys.ts';

export type Attributes = Readonly<Record<string, unknown>>;
export type Item = Key & Attributes;
export type Write = { readonly put: Item } | { readonly delete: Key };

/** When DynamoDB may delete an item, which it does within some days: seconds since 1970, as its TTL has them. */
export function expiresAt(ms: number): { readonly expires: number } {
  return { expires: Math.ceil(ms / 1000) };
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html: within a few days, in any order. */
const LEAD_SPARE_MS = 7 * DAY_MS;

/** As expiresAt, of an item that leads to others, which may be deleted at `ms`: they are not to be left without it. */
export function leadExpiresAt(ms: number): { readonly expires: number } {
  return expiresAt(ms + LEAD_SPARE_MS);
}

/** Whether DynamoDB may have deleted what a lead leads to. */
export function mayLeadNowhere({ expires }: Attributes, now: number): boolean {
  return Number(expires) * 1000 - LEAD_SPARE_MS < now;
}

export function deletionOf({ pk, sk }: Key): Write {
  return { delete: { pk, sk } };
}
