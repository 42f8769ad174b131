const hex = '8e742f61d673b39c7fff3cecb7536ef0'

/** One value of each kind that people paste. None of them is in use. */
export const samples = {
  channelId: '1657000001',
  lineId: '@216rujvq',
  userId: `U${hex}`,
  moduleUserId: `LU${hex}-U${hex}`,
  groupId: `C${hex}`,
  roomId: `R${hex}`,
  kid: '0b1f5c0e-6a4d-4c55-9f0e-7d2f9d3f9a11',
  liffId: '1657000001-AbcdEfgh',
  channelSecret: '8c570fa6dd201bb328f1c1eac23a96d8',
  // 172 characters of base64, as long-lived tokens are.
  channelAccessToken: `${'bGluZS1vYSBzYW1wbGUgdG9rZW4+/'.repeat(5)}${'x'.repeat(25)}o=`,
  jwt: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxNjU3MDAwMDAxIn0.dGhpcyBpcyBub3QgYSBzaWduYXR1cmU',
} as const
