/** Input of `missionStickerV3`. */
export interface MissionStickerInput {
  /** User ID. */
  to: string
  /** Always `STICKER`. */
  productType: 'STICKER'
  /** Package ID of stickers that LINE has set up as mission stickers for this channel. */
  productId: string
  /** Always `false`. */
  sendPresentMessage: false
}
