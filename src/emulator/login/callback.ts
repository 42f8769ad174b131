/** How the person is sent back to the app. */
export interface Callback {
  readonly redirectUri: string
  readonly responseMode: 'query' | 'form_post'
  readonly fields: { readonly [name: string]: string }
}

/** The codes of LINE's errors. They are in upper case, other than OAuth has them. */
export type ErrorCode =
  | 'INVALID_REQUEST'
  | 'ACCESS_DENIED'
  | 'UNSUPPORTED_RESPONSE_TYPE'
  | 'INVALID_SCOPE'
  | 'LOGIN_REQUIRED'
  | 'INTERACTION_REQUIRED'

/** LINE shows its own error page, with status 400, and sends nobody back. */
export class LoginPageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'LoginPageError'
  }
}

/** LINE sends the person back with an error. */
export class Denied extends Error {
  readonly callback: Callback

  constructor(back: Omit<Callback, 'fields'>, state: string | undefined, error: ErrorCode, description: string) {
    super(error)
    this.name = 'Denied'
    const { redirectUri, responseMode } = back
    this.callback = {
      redirectUri,
      responseMode,
      fields: { error, error_description: description, ...(state && { state }) },
    }
  }
}

/** The address that a callback in the query leads to. */
export function callbackUrl({ redirectUri, fields }: Callback): string {
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${new URLSearchParams(fields)}`
}

/** What a browser then sends to the app. */
export function callbackRequest(callback: Callback): Request {
  const { redirectUri, responseMode, fields } = callback
  if (responseMode === 'query') return new Request(callbackUrl(callback))
  return new Request(redirectUri, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { origin: 'https://access.line.me' },
  })
}
