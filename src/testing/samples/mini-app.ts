import type * as operations from '../../mini-app/operations.js'
import type { Answers } from './types.js'

const year = 31_536_000

/** Answers about LINE MINI Apps. */
export const miniApp: Answers<typeof operations> = {
  issueNotificationToken: () => ({
    notificationToken: '01234567-89ab-4cde-8f01-000000000001',
    expiresIn: year,
    remainingCount: 5,
    sessionId: 'aBcDeFgHiJkLmNoPqRsT',
  }),
  sendServiceMessage: () => ({
    notificationToken: '01234567-89ab-4cde-8f01-000000000002',
    expiresIn: year,
    remainingCount: 4,
    sessionId: 'aBcDeFgHiJkLmNoPqRsT',
  }),
}
