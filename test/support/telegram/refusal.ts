interface RefusalDetails {
  /** 400 unless told. */
  readonly code?: number;
  /** Telegram's `parameters` of an error: `retry_after`, `migrate_to_chat_id`. */
  readonly parameters?: Readonly<Record<string, number>>;
  /** Whether the client broke the interface or a limit, as opposed to a chat that has moved on meanwhile. */
  readonly violation?: boolean;
}

/** An answer with `ok: false`. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: number;
  readonly parameters: Readonly<Record<string, number>> | undefined;
  readonly violation: boolean;

  constructor(description: string, details: RefusalDetails = {}) {
    super(description);
    this.code = details.code ?? 400;
    this.parameters = details.parameters;
    this.violation = details.violation ?? false;
  }
}

/** The client broke the interface or one of its limits. */
export function violation(description: string): Refusal {
  return new Refusal(`Bad Request: ${description}`, { violation: true });
}

/** The call is well-formed, but does not fit what is there (any more). */
export function badRequest(description: string): Refusal {
  return new Refusal(`Bad Request: ${description}`);
}
