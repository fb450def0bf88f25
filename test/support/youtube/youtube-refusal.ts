const QUOTA_MESSAGE =
  'The request cannot be completed because you have exceeded your <a href="/youtube/v3/getting-started#quota">quota</a>.';

/** What Google answers to a call that it does not do. */
export class YoutubeRefusal extends Error {
  readonly code: number;
  readonly body: object;

  constructor(code: number, message: string, reason: string, domain: string, rest: object = {}) {
    super(message);
    this.code = code;
    this.body = { error: { code, message, errors: [{ message, domain, reason }], ...rest } };
  }

  static playlistNotFound(): YoutubeRefusal {
    const message =
      "The playlist identified with the request's <code>playlistId</code> parameter cannot be found.";
    return new YoutubeRefusal(404, message, 'playlistNotFound', 'youtube.playlistItem');
  }

  static playlistPrivate(): YoutubeRefusal {
    const message = 'The request is not properly authorized to retrieve the specified playlist.';
    return new YoutubeRefusal(403, message, 'playlistItemsNotAccessible', 'youtube.playlistItem');
  }

  static quotaExceeded(): YoutubeRefusal {
    return new YoutubeRefusal(403, QUOTA_MESSAGE, 'quotaExceeded', 'youtube.quota');
  }

  static keyInvalid(): YoutubeRefusal {
    return new YoutubeRefusal(
      400,
      'API key not valid. Please pass a valid API key.',
      'badRequest',
      'global',
      {
        status: 'INVALID_ARGUMENT',
        details: [errorInfo('API_KEY_INVALID')],
      },
    );
  }

  /** The key is one for other programs. */
  static keyBlocked(): YoutubeRefusal {
    const message = 'Requests from this client are blocked.';
    return new YoutubeRefusal(403, message, 'forbidden', 'global', {
      status: 'PERMISSION_DENIED',
      details: [errorInfo('API_KEY_IP_ADDRESS_BLOCKED')],
    });
  }

  static noKey(): YoutubeRefusal {
    const message = "Method doesn't allow unregistered callers (callers without established identity).";
    return new YoutubeRefusal(403, message, 'forbidden', 'global', { status: 'PERMISSION_DENIED' });
  }

  static badRequest(reason: string): YoutubeRefusal {
    return new YoutubeRefusal(400, 'Request contains an invalid argument.', reason, 'youtube.parameter');
  }

  static backendError(code = 503): YoutubeRefusal {
    return new YoutubeRefusal(code, 'Backend Error', 'backendError', 'global');
  }

  static tooFast(): YoutubeRefusal {
    return new YoutubeRefusal(429, 'Resource has been exhausted.', 'rateLimitExceeded', 'global');
  }
}

function errorInfo(reason: string): object {
  return {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason,
    domain: 'googleapis.com',
    metadata: { service: 'youtube.googleapis.com' },
  };
}
