type Schema = Record<string, unknown>;
type Schemas = Readonly<Record<string, { readonly properties: Record<string, Schema> }>>;

const ATTACHMENT_OPTION = 'ApplicationCommandAttachmentOption';
const COMMANDS = ['ApplicationCommandUpdateRequest', 'ApplicationCommandCreateRequest'];

/** Fields of a message's body that discord.js always sends; Discord overlooks them where they stand for nothing. */
export const OVERLOOKED_WHEN_FALSE: readonly string[] = ['tts', 'enforce_nonce'];

/** Adds to the document's schemas what Discord takes and the document does not know. */
export function addWhatIsNewer(schemas: Schemas): void {
  // file_types came on 5 August 2026: a group or an extension, ten at most
  const pattern = '^(image|video|audio|\\.[A-Za-z0-9]{1,16})$';
  properties(schemas, ATTACHMENT_OPTION)['file_types'] = {
    type: ['array', 'null'],
    items: { type: 'string', pattern },
    maxItems: 10,
    uniqueItems: true,
  };
  // not newer, but wrong there: permissions are numbers written as text everywhere in Discord's interface
  for (const name of COMMANDS) {
    properties(schemas, name)['default_member_permissions'] = {
      type: ['string', 'null'],
      pattern: '^[0-9]{1,19}$',
    };
  }
}

function properties(schemas: Schemas, name: string): Record<string, Schema> {
  const found = schemas[name]?.properties;
  if (!found) throw new Error(`the document has no ${name} any more`);
  return found;
}
