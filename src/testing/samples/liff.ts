import type * as operations from '../../liff/operations.js'
import type { Answers } from './types.js'
import { channelId, done } from './values.js'

/** Answers about LIFF apps. */
export const liff: Answers<typeof operations> = {
  addLIFFApp: () => ({ liffId: `${channelId}-AbcdEfgh` }),
  getAllLIFFApps: () => ({
    apps: [
      {
        liffId: `${channelId}-AbcdEfgh`,
        view: { type: 'full', url: 'https://example.com/app', moduleMode: false },
        description: 'Tea House',
        features: { ble: false, qrCode: true },
        permanentLinkPattern: 'concat',
        scope: ['profile', 'chat_message.write'],
        botPrompt: 'normal',
      },
    ],
  }),
  updateLIFFApp: done,
  deleteLIFFApp: done,
}
