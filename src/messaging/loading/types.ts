/** Where and for how long to show that an answer is on its way. */
export interface ShowLoadingAnimationInput {
  /** User ID. There is no animation in groups and rooms. */
  chatId: string
  /** For how many seconds at most: 5 to 60, in steps of 5. LINE uses 20 when it is left out. */
  loadingSeconds?: number | undefined
}
