import { type SecretContent, SecretError } from './secret-source.ts';

/** A secret's text, one JSON object; numbers and booleans become texts. Throws SecretError, without anything of the text. */
export function parseSecret(text: string): SecretContent {
  const values = new Map<string, string>();
  const withoutText: string[] = [];
  for (const [key, value] of Object.entries(parseObject(text))) {
    if (['string', 'number', 'boolean'].includes(typeof value)) values.set(key, String(value));
    else withoutText.push(key);
  }
  return { values, withoutText };
}

function parseObject(text: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new SecretError('its text is not JSON'); // the parser's own error quotes the text
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new SecretError('its text is not a JSON object');
}
