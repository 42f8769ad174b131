import { createReceiver } from 'line-oa/webhook'
import { describe, expect, test } from 'vitest'
import { channelSecret, delivery, signed, text } from './signed.js'

function setup(options: object = {}) {
  const sent: string[] = []
  const errors: unknown[] = []
  const send = (name: string) => async () => {
    sent.push(name)
    return { sentMessages: [], displayName: 'Mika' }
  }
  const client = {
    messaging: {
      replyMessage: send('reply'),
      pushMessage: send('push'),
      showLoadingAnimation: send('loading'),
      getProfile: send('profile'),
    },
  }
  const receiver = createReceiver({
    channelSecret,
    client: client as never, // the double has none of the types of a client
    onError: (error) => void errors.push(error),
    ...options,
  })
  const post = async (event: object) => (await receiver.handle(signed(delivery(event)))).status
  return { receiver, sent, errors, post }
}

const standby = () => text('Hello', { mode: 'standby', replyToken: undefined })

describe('an event in standby mode', () => {
  test('reaches no handler and no middleware, and is acknowledged', async () => {
    const { receiver, post, errors } = setup()
    const called: string[] = []
    receiver.use((_, next) => {
      called.push('middleware')
      return next()
    })
    receiver.on('message', () => void called.push('message'))
    receiver.on('*', () => void called.push('*'))
    receiver.on('unknown', () => void called.push('unknown'))
    expect(await post(standby())).toBe(200)
    expect(await post({ ...standby(), type: 'brandNew' })).toBe(200)
    expect(called).toEqual([])
    expect(errors).toEqual([])
  })

  test('reaches handlers with the filter standby, which get no other events', async () => {
    const { receiver, post } = setup()
    const called: unknown[] = []
    receiver.on('standby', ({ event }) => void called.push(event.type))
    receiver.on('message', () => void called.push('active'))
    expect(await post(standby())).toBe(200)
    expect(await post({ ...standby(), type: 'brandNew' })).toBe(200)
    expect(called).toEqual(['message', 'brandNew'])
    expect(await post(text('Hello'))).toBe(200)
    expect(called).toEqual(['message', 'brandNew', 'active'])
  })

  test.each(['reply', 'push', 'respond', 'loading'])(
    "with standby: 'handle', %s refuses before it sends",
    async (name) => {
      const { receiver, post, sent, errors } = setup({ standby: 'handle' })
      receiver.on('message', (context) => {
        const methods = context as unknown as { readonly [name: string]: (input: unknown) => Promise<unknown> }
        return methods[name]?.(name === 'loading' ? 20 : 'Hi')
      })
      expect(await post(text('Hello', { mode: 'standby' }))).toBe(500)
      expect(errors).toMatchObject([{ code: 'LINE_INPUT' }])
      expect(sent).toEqual([])
    },
  )

  test("with standby: 'handle', the profile can be read", async () => {
    const { receiver, post, sent } = setup({ standby: 'handle' })
    receiver.on('message', (context) => (context.profile as () => Promise<unknown>)())
    expect(await post(standby())).toBe(200)
    expect(sent).toEqual(['profile'])
  })

  test.each(['activated', 'deactivated', 'botSuspended', 'botResumed', 'module'])(
    'that tells the state of the channel is always handled: %s',
    async (type) => {
      const { receiver, post } = setup()
      const called: unknown[] = []
      receiver.on('*', ({ event }) => void called.push(event.type))
      const details = { chatControl: { expireAt: 1 }, module: { type: 'attached', botId: 'U', scopes: [] } }
      expect(await post({ ...standby(), ...details, type })).toBe(200)
      expect(called).toEqual([type])
    },
  )
})
