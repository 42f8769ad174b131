/** Who gets which mission stickers. */
export interface MissionStickerInput {
  /** User ID. */
  to: string
  /** Always `STICKER`. */
  productType: 'STICKER'
  /** Package ID of the stickers, which LINE has set up as mission stickers of this channel. */
  productId: string
  /** Always `false`. */
  sendPresentMessage: false
}
