import sharp from 'sharp';
import { z } from 'zod';

const imagePart = z.object({
  type: z.literal('image_url'),
  image_url: z.object({ url: z.string().startsWith('data:image/jpeg;base64,'), detail: z.literal('low') }),
});
const textPart = z.object({ type: z.literal('text'), text: z.string() });

/** Structured Outputs take no others: https://developers.openai.com/api/docs/guides/structured-outputs */
const strictShape = z
  .object({
    type: z.literal('object'),
    additionalProperties: z.literal(false),
    properties: z.record(z.string(), z.unknown()),
    required: z.array(z.string()),
  })
  .refine(({ properties, required }) => Object.keys(properties).every((name) => required.includes(name)), {
    error: 'all fields have to be required',
  });

const body = z.strictObject({
  model: z.string(),
  max_completion_tokens: z.number().int().positive(),
  reasoning_effort: z.enum(['low']).optional(),
  messages: z.tuple([
    z.object({ role: z.literal('system'), content: z.string() }),
    z.object({ role: z.literal('user'), content: z.tuple([textPart, imagePart, textPart, imagePart]) }),
  ]),
  response_format: z.object({
    type: z.literal('json_schema'),
    json_schema: z.object({
      name: z.string(),
      strict: z.literal(true),
      schema: strictShape,
    }),
  }),
});

export interface CompletionRequest {
  readonly model: string;
  readonly system: string;
  /** What the prompt says beside the pictures. */
  readonly text: string;
  readonly facts: { readonly genre: string; readonly language: string } & Readonly<Record<string, unknown>>;
  /** JPEGs. */
  readonly images: readonly Buffer[];
}

const factsSchema = z.looseObject({ genre: z.string(), language: z.string() });

/** A call's body as the explainer sends them. Throws what is wrong with it, and with its pictures. */
export async function readCompletionRequest(json: unknown): Promise<CompletionRequest> {
  const { model, messages } = body.parse(json);
  const [system, { content }] = messages;
  const [intro, photo, , heatmap] = content;
  const images = [photo, heatmap].map(({ image_url: { url } }) =>
    Buffer.from(url.split(',')[1] ?? '', 'base64'),
  );
  for (const image of images) await checkImage(image);
  const text = content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
  const facts = factsSchema.parse(JSON.parse(intro.text.match(/\{.*\}/)?.[0] ?? 'null'));
  return { model, system: system.content, text, facts, images };
}

async function checkImage(image: Buffer): Promise<void> {
  const { format, width, height, exif, xmp, iptc } = await sharp(image).metadata();
  if (format !== 'jpeg') throw new Error(`a picture is ${format}`);
  if (Math.max(width, height) > 512) throw new Error(`a picture is ${width} × ${height}`);
  if (exif ?? xmp ?? iptc) throw new Error('a picture has metadata');
  await sharp(image, { failOn: 'warning' }).stats(); // reads every pixel
}
