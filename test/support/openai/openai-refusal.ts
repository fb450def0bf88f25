/** What OpenAI answers to a call that it does not do: https://developers.openai.com/api/docs/guides/error-codes */
export class OpenaiRefusal extends Error {
  readonly status: number;
  readonly body: object;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    error: { message: string; type: string; code?: string | null },
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(error.message);
    this.status = status;
    this.body = { error: { param: null, code: null, ...error } };
    this.headers = headers;
  }

  static keyInvalid(key: string): OpenaiRefusal {
    // the real one quotes a part of the key, too
    const message = `Incorrect API key provided: ${key}. You can find your API key at https://platform.openai.com/account/api-keys.`;
    return new OpenaiRefusal(401, { message, type: 'invalid_request_error', code: 'invalid_api_key' });
  }

  static forbidden(): OpenaiRefusal {
    const message = 'Country, region, or territory not supported';
    return new OpenaiRefusal(403, {
      message,
      type: 'request_forbidden',
      code: 'unsupported_country_region_territory',
    });
  }

  static modelGone(model: string): OpenaiRefusal {
    const message = `The model \`${model}\` does not exist or you do not have access to it.`;
    return new OpenaiRefusal(404, { message, type: 'invalid_request_error', code: 'model_not_found' });
  }

  static tooFast(headers: Readonly<Record<string, string>> = {}): OpenaiRefusal {
    const message = 'Rate limit reached for gpt-4o.';
    return new OpenaiRefusal(429, { message, type: 'requests', code: 'rate_limit_exceeded' }, headers);
  }

  static insufficientQuota(): OpenaiRefusal {
    const message = 'You exceeded your current quota, please check your plan and billing details.';
    return new OpenaiRefusal(429, { message, type: 'insufficient_quota', code: 'insufficient_quota' });
  }

  static serverError(status = 500): OpenaiRefusal {
    const message = 'The server had an error while processing your request.';
    return new OpenaiRefusal(status, { message, type: 'server_error' });
  }

  static badRequest(message: string): OpenaiRefusal {
    return new OpenaiRefusal(400, { message, type: 'invalid_request_error' });
  }
}
