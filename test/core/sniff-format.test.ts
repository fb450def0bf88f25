import { describe, expect, it } from 'vitest';
import { FORMAT_NAMES, isAccepted, sniffFormat } from '../../src/core/sniff-format.ts';
import { ftyp, latin1, quadrants } from '../support/pictures.ts';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>';

describe('pictures as sharp writes them', () => {
  it.each(['jpeg', 'png', 'webp', 'gif', 'avif', 'tiff'] as const)('%s', async (format) => {
    expect(sniffFormat(await quadrants().toFormat(format).toBuffer())).toBe(format);
  });
});

describe('the brands of ISO media', () => {
  it.each([
    ['heic', ['heic', 'mif1', 'heic']],
    ['heic', ['heix']],
    ['heic', ['hevc', 'msf1']],
    ['heic', ['heim']],
    ['heic', ['heis']],
    ['heic', ['mif1', 'mif1', 'heic']],
    ['heic', ['mif1']],
    ['heic', ['msf1', 'hevc']],
    ['avif', ['avif', 'mif1', 'miaf']],
    ['avif', ['avis', 'msf1']],
    ['avif', ['mif1', 'miaf', 'avif']],
    ['mp4', ['isom', 'iso2', 'avc1', 'mp41']],
    ['mp4', ['3gp5']],
    ['mov', ['qt  ', 'qt  ']],
    ['cr3', ['crx ', 'isom']],
  ] as const)('%s: %j', (format, [major, ...compatible]) => {
    expect(sniffFormat(ftyp(major, ...compatible))).toBe(format);
  });

  it('reads no brands beyond the box', () => {
    expect(sniffFormat(Buffer.concat([ftyp('isom'), latin1('avif')]))).toBe('mp4');
  });
});

describe('first bytes', () => {
  it.each([
    ['gif', 'GIF87a'],
    ['tiff', 'II*\0'],
    ['tiff', 'MM\0*'],
    ['tiff', 'MM\0+'],
    ['pdf', '%PDF-1.7\n'],
    ['bmp', 'BM\x36\x10\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0'],
    ['ico', '\0\0\x01\0\x02\0'],
    ['psd', '8BPS\0\x01'],
    ['jxl', '\xff\x0a\xfa\x1f'],
    ['jxl', '\0\0\0\x0cJXL \r\n\x87\n'],
    ['jp2', '\0\0\0\x0cjP  \r\n\x87\n'],
    ['jp2', '\xff\x4f\xff\x51'],
    ['mov', '\0\0\0\x08wide'],
    ['avi', 'RIFF\x10\0\0\0AVI LIST'],
    ['webm', '\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm'],
    ['mkv', '\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x88matroska'],
  ] as const)('%s: %j', (format, head) => {
    expect(sniffFormat(latin1(head))).toBe(format);
  });
});

describe('SVG', () => {
  it.each([
    SVG,
    '<svg>',
    `\n\t ${SVG}`,
    `\ufeff${SVG}`,
    `<?xml version="1.0" encoding="UTF-8"?>\n${SVG}`,
    `<!-- a > b --><!-- <html> -->${SVG}`,
    `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd">${SVG}`,
    `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">\n<!ENTITY c "d">]>\n<!-- x -->${SVG}`,
    '<svg:svg xmlns:svg="http://www.w3.org/2000/svg">',
  ])('%j', (text) => {
    expect(sniffFormat(Buffer.from(text))).toBe('svg');
  });

  it('in UTF-16', () => {
    expect(sniffFormat(Buffer.from(`\ufeff${SVG}`, 'utf16le'))).toBe('svg');
  });
});

describe('what is no picture', () => {
  it.each([
    '',
    'BMW is a car',
    'hello',
    `<!DOCTYPE html><html><body>${SVG}</body></html>`,
    `<html>${SVG}</html>`,
    '<svgx>',
    '<!-- never closed <svg>',
    'PK\x03\x04',
    'RIFF\x10\0\0\0WAVEfmt ',
    '\xff\xd8',
    '\x89PNG',
    '\0\0\0\0\0\0\0\0',
    'ID3\x04',
  ])('%j', (text) => {
    expect(sniffFormat(latin1(text))).toBeNull();
  });

  it('reads the first bytes only, however long a comment runs', () => {
    expect(sniffFormat(latin1(`<!--${'-><!--'.repeat(200_000)}`))).toBeNull();
  });
});

it('accepts six formats', () => {
  const formats = Object.keys(FORMAT_NAMES) as (keyof typeof FORMAT_NAMES)[];
  expect(formats.filter(isAccepted)).toEqual(['jpeg', 'png', 'webp', 'gif', 'avif', 'heic']);
});
