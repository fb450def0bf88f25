import type { Key } from './dynamo-keys.ts';

export type Attributes = Readonly<Record<string, unknown>>;
export type Item = Key & Attributes;
export type Write = { readonly put: Item } | { readonly delete: Key };

/** When DynamoDB may delete an item, which it does within some days: seconds since 1970, as its TTL has them. */
export function expiresAt(ms: number): { readonly expires: number } {
  return { expires: Math.ceil(ms / 1000) };
}

export function deletionOf({ pk, sk }: Key): Write {
  return { delete: { pk, sk } };
}
