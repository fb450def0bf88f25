import { describe, expect, it } from 'vitest';
import { parseArguments, UsageError } from '../../../src/platforms/terminal/arguments.ts';

const parse = (...argv: string[]) => parseArguments(argv, 'en');

describe('parseArguments', () => {
  it('has defaults', () => {
    expect(parse('a.jpg')).toEqual({
      files: ['a.jpg'],
      json: false,
      help: false,
      out: './vibe-out',
      why: null,
      language: 'en',
    });
  });

  it('takes several photos and every option, in any order and form', () => {
    expect(parse('--json', 'a.jpg', '--why=Rock', 'b.png', '--lang', 'ar', '--out', 'x')).toEqual({
      files: ['a.jpg', 'b.png'],
      json: true,
      help: false,
      out: 'x',
      why: 'rock',
      language: 'ar',
    });
  });

  it('takes what follows -- as photos', () => {
    expect(parse('--', '--json').files).toEqual(['--json']);
  });

  it('needs no photo to help', () => {
    expect(parse('--help').help).toBe(true);
  });

  it.each([
    [['a.jpg', '--fast'], '--fast'],
    [['a.jpg', '-x'], '-x'],
    [['a.jpg', '--json=yes'], '--json=yes'],
    [['a.jpg', '--why', 'polka'], 'polka'],
    [['a.jpg', '--lang', 'fr'], 'fr'],
    [['a.jpg', '--why'], '--why'],
    [['a.jpg', '--out', '--json'], '--out'],
    [['a.jpg', '--out='], '--out'],
  ])('refuses %j and names what is wrong', (argv, named) => {
    expect(() => parse(...argv)).toThrow(UsageError);
    expect(() => parse(...argv)).toThrow(named);
  });

  it('asks for a photo, in the asked language', () => {
    expect(() => parse()).toThrow(UsageError);
    expect(() => parse('--lang', 'ar')).toThrow(/[\u0600-\u06ff]/);
  });
});
