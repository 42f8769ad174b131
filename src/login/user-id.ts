declare const mark: unique symbol

/**
 * A user's ID under one provider.
 *
 * The same person has another ID under each provider, and the same one in all channels of a provider. Name the provider when you make a client,
 * and IDs of one do not pass where those of another are wanted. At run time it is plain text.
 *
 * @see https://developers.line.biz/en/docs/messaging-api/getting-user-ids/
 */
export type UserIdOf<Provider extends string = string> = string & {
  /** Never set; it keeps the IDs of two providers apart. */
  readonly [mark]?: Provider
}
