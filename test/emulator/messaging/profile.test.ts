import { describe, expect, test } from 'vitest'
import { refusal, setup } from '../setup.js'

describe('profiles', () => {
  test('a profile has the fields that the user has set', async () => {
    const { line, userId, emulator, account } = await setup()
    expect((await line(`GET /v2/bot/profile/${userId}`)).body).toEqual({ userId, displayName: 'Mika', language: 'ja' })
    const ken = emulator.createPerson({
      displayName: 'Ken',
      pictureUrl: 'https://pictures.example/ken',
      statusMessage: 'Busy',
    })
    await ken.addFriend(account)
    expect((await line(`GET /v2/bot/profile/${ken.userIdFor(account)}`)).body).toEqual({
      userId: ken.userIdFor(account),
      displayName: 'Ken',
      pictureUrl: 'https://pictures.example/ken',
      statusMessage: 'Busy',
    })
  })

  test('a user who has written without being a friend has a profile until they block the account', async () => {
    const { line, emulator, account } = await setup()
    const ken = emulator.createPerson({ displayName: 'Ken' })
    const path = `GET /v2/bot/profile/${ken.userIdFor(account)}`
    expect(await line(path)).toMatchObject(refusal(404))
    await ken.send(account, 'hello')
    expect((await line(path)).status).toBe(200)
    await ken.block(account)
    expect((await line(path)).status).toBe(404)
    await ken.unblock(account)
    expect((await line(path)).status).toBe(200)
  })

  test('unknown users and users of another provider have no profile, and an invalid ID is refused', async () => {
    const { line, emulator, person } = await setup()
    const elsewhere = emulator.createAccount({ name: 'Elsewhere', provider: emulator.createProvider() })
    for (const userId of [`U${'0'.repeat(32)}`, person.userIdFor(elsewhere)])
      expect((await line(`GET /v2/bot/profile/${userId}`)).status).toBe(404)
    expect(await line('GET /v2/bot/profile/mika')).toMatchObject(refusal(400))
  })
})
