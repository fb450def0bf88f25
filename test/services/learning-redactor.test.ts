import { expect, it } from 'vitest';
import { createJsonLog } from '../../src/services/json-log.ts';
import { createLearningRedactor } from '../../src/services/learning-redactor.ts';

it('hides what it learns from then on, and what it knew for ever', () => {
  const { redact, learn } = createLearningRedactor(['first-secret']);
  const lines: string[] = [];
  const log = createJsonLog({ level: 'info', redact, write: (line) => void lines.push(line) });
  const tell = () => log.info('first-secret second-secret third-secret');
  tell();
  learn(['second-secret', '']);
  tell();
  learn(['third-secret', 'first-secret']);
  tell();
  expect(lines.map((line) => JSON.parse(line).message)).toEqual([
    '[secret] second-secret third-secret',
    '[secret] [secret] third-secret',
    '[secret] [secret] [secret]',
  ]);
});
