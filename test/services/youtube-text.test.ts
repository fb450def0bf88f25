import { expect, it } from 'vitest';
import { parseDuration } from '../../src/services/youtube-duration.ts';
import { cleanText } from '../../src/services/youtube-text.ts';

it.each([
  ['plain', 'plain'],
  ['  much \t\r\n room  ', 'much room'],
  ['a\u0000\u0007b\u009Fc', 'abc'],
  ['\u202Eevil\u202C \u2066x\u2069 \u200Fy\u061C', 'evil x y'],
  ['zero\u200Bwidth\uFEFF\u2060', 'zerowidth'],
  ['أغنية\u200C خليجية 👨\u200D👩\u200D👧', 'أغنية\u200C خليجية 👨\u200D👩\u200D👧'],
  ['Tom &amp; &quot;Jerry&quot; &#39;n&apos; &lt;b&gt; &#x202e;x', `Tom & "Jerry" 'n' <b> x`],
  ['AT&T &nothing; &#99999999; &#1114112; & co', 'AT&T &nothing; &#99999999; &#1114112; & co'],
  ['lone \uD800 half', 'lone \uFFFD half'],
  ['&#0;&#55296;', '\uFFFD'],
  ['\u2029\u00A0\u3000', ''],
])('cleans %j', (text, clean) => {
  expect(cleanText(text, 100)).toBe(clean);
});

it('cuts between characters, and says so', () => {
  expect(cleanText('12345', 5)).toBe('12345');
  expect(cleanText('123456', 5)).toBe('1234…');
  expect(cleanText('123 56', 5)).toBe('123…');
  expect(cleanText('🎵'.repeat(6), 5)).toBe(`${'🎵'.repeat(4)}…`);
});

it.each([
  ['PT3M45S', 225],
  ['PT4M', 240],
  ['PT59S', 59],
  ['PT1H2M3S', 3723],
  ['P1DT1S', 86_401],
  ['P0D', null],
  ['PT', null],
  ['', null],
  ['3:45', null],
  ['PT3.5S', null],
])('reads the duration %j', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});
