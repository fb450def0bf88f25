import OpenAI, { type APIError } from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { answerSchema, messagesOf } from '../../../src/services/openai-prompt.ts';
import { makeExplainRequest } from '../make-explain-request.ts';
import { flat } from '../pictures.ts';
import { type FakeOpenai, startFakeOpenai } from './fake-openai.ts';

const jpeg = await flat(512, 384, 'brown').jpeg().toBuffer();

type Parameters = OpenAI.ChatCompletionCreateParamsNonStreaming;

function parametersWith(photo: Uint8Array, given: Partial<Parameters> = {}): Parameters {
  const messages = [...messagesOf(makeExplainRequest(), { photo, heatmap: jpeg })];
  return {
    model: 'gpt-4o',
    max_completion_tokens: 900,
    messages: messages as unknown as Parameters['messages'],
    response_format: zodResponseFormat(answerSchema, 'words'),
    ...given,
  };
}

function ask(fake: FakeOpenai, parameters: Parameters, apiKey = fake.key) {
  const client = new OpenAI({ apiKey, baseURL: fake.url, maxRetries: 0, logLevel: 'off' });
  return client.chat.completions.create(parameters);
}

it('answers as OpenAI does, about the genre it was asked about', async () => {
  await using fake = await startFakeOpenai();
  const { id, choices, usage } = await ask(fake, parametersWith(jpeg));
  expect(id).toMatch(/^chatcmpl-/);
  expect(choices).toMatchObject([{ finish_reason: 'stop', message: { refusal: null } }]);
  expect(JSON.parse(choices[0]?.message.content ?? '')).toMatchObject({ genre: 'jazz' });
  expect(usage).toMatchObject({ prompt_tokens: 900, completion_tokens: 200 });
  expect(fake.violations).toEqual([]);
});

const withMetadata = sharp(jpeg).withExif({ IFD0: { Copyright: 'somebody' } });
const loose = zodResponseFormat(answerSchema, 'words');
const notStrict = { ...loose, json_schema: { ...loose.json_schema, strict: false } };
const open = {
  ...loose,
  json_schema: { ...loose.json_schema, schema: { ...loose.json_schema.schema, required: ['genre'] } },
};

it.each([
  ['a picture with metadata', parametersWith(await withMetadata.jpeg().toBuffer()), /metadata/],
  ['a picture that is too large', parametersWith(await flat(513, 10, 'red').jpeg().toBuffer()), /513 × 10/],
  ['a picture of another kind', parametersWith(await flat(9, 9, 'red').png().toBuffer()), /png/],
  ['a picture that is cut off', parametersWith(jpeg.subarray(0, jpeg.length / 2)), /./],
  ['something that is no picture', parametersWith(Buffer.from('no')), /unsupported image format/],
  ['a shape that is not strict', parametersWith(jpeg, { response_format: notStrict }), /strict/],
  ['a shape with optional fields', parametersWith(jpeg, { response_format: open }), /required/],
  ['fields that are not sent', parametersWith(jpeg, { temperature: 1 }), /temperature/],
])('does not take %s', async (_, parameters, violation) => {
  await using fake = await startFakeOpenai();
  await expect(ask(fake, parameters)).rejects.toMatchObject({ status: 400 });
  expect(fake.violations).toEqual([expect.stringMatching(violation)]);
});

it('knows one key, and which models are gone', async () => {
  await using fake = await startFakeOpenai();
  fake.gone.add('gpt-4o');
  const gone: APIError = await ask(fake, parametersWith(jpeg)).catch((error) => error);
  expect(gone).toMatchObject({ status: 404, code: 'model_not_found' });
  const refused: APIError = await ask(fake, parametersWith(jpeg), 'sk-other').catch((error) => error);
  expect(refused).toMatchObject({ status: 401, code: 'invalid_api_key' });
  expect(fake.calls.map(({ status }) => status)).toEqual([404, 401]);
});
