/** Input of `showLoadingAnimation`. */
export interface ShowLoadingAnimationInput {
  /** User ID. Groups and multi-person chats have no loading animation. */
  chatId: string
  /** Maximum duration in seconds, 5 to 60, in steps of 5. Default: 20. */
  loadingSeconds?: number | undefined
}
