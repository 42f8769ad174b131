// Runs the examples unchanged against an emulator on a port. Requires a build.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createEmulator } from 'line-oa/emulator'
import { TextBrowser } from './text-browser.ts'

const emulator = createEmulator()
const server = await emulator.listen({ port: 0 })

function environment(
  account: { channelId: string; channelSecret: string },
  more: { readonly [name: string]: string } = {},
) {
  return {
    ...process.env,
    LINE_BASE_URL: server.url,
    LINE_CHANNEL_ID: account.channelId,
    LINE_CHANNEL_SECRET: account.channelSecret,
    ...more,
  }
}

// These examples start an emulator and exit when they have finished.
const programs: readonly (readonly [file: string, output: RegExp])[] = [
  ['connect.ts', /Tea House: Your tea is ready\./],
  ['broadcast.ts', /20000 sent, 0 rejected/],
  ['flex-receipt.ts', /^accepted: message \d+/],
  ['slow-answer.ts', /Answered by push\.[\s\S]*took 90 seconds/],
  ['connect-account.ts', /Connected: needs-person[\s\S]*Checked: connected[\s\S]*Disconnected: disconnected/],
  ['agency.ts', /20 answers[\s\S]*refused \(other_team\)[\s\S]*20 connections of 4 customers/],
]
for (const [file, output] of programs) {
  assert.match(execFileSync(process.execPath, [`examples/${file}`], { encoding: 'utf8' }), output)
  console.log(`${file} prints the expected output`)
}

const shop = spawn(process.execPath, ['examples/login-web.ts'], {
  env: { ...process.env, PORT: '0' },
  stdio: ['ignore', 'pipe', 'inherit'],
})
try {
  const [line] = (await once(shop.stdout, 'data')) as [Buffer] // the app prints this line when it listens
  const url = /http:\S+/.exec(String(line))?.[0]
  assert.ok(url, `The app printed no URL: ${line}`)
  const browser = new TextBrowser()
  await browser.open(url)
  await browser.follow('Log in with LINE')
  await browser.press('Let auto login fail')
  assert.match(browser.text, /Log in with your e-mail address/)
  assert.doesNotMatch(browser.text, /Let auto login fail/)
  await browser.press('Log in')
  await browser.press('Cancel')
  assert.match(browser.text, /You did not log in/)
  await browser.follow('Try again')
  await browser.press('Log in')
  await browser.press('Allow', { friend: 'yes' })
  assert.match(browser.text, /Mika.*Friend of our account/s)
  await browser.press('Log out')
  assert.match(browser.text, /Log in with LINE/)
  console.log('login-web.ts logs in and out')
} finally {
  shop.kill()
}

const account = emulator.createAccount({ name: 'Echo' })
const bot = spawn(process.execPath, ['examples/echo-bot.ts'], {
  env: environment(account, { PORT: '0' }),
  stdio: ['ignore', 'pipe', 'inherit'],
})
try {
  const [line] = (await once(bot.stdout, 'data')) as [Buffer] // the bot prints this line when it listens
  const url = /http:\S+/.exec(String(line))?.[0]
  assert.ok(url, `The bot printed no URL: ${line}`)
  Object.assign(account.settings, { webhookUrl: url, webhook: true })
  const person = emulator.createPerson({ displayName: 'Mika' })
  await person.addFriend(account)
  await person.send(account, 'echo this')
  const answer = person.chatWith(account).at(-1)
  assert.deepEqual(answer && { from: answer.from, text: 'text' in answer.message && answer.message.text }, {
    from: 'account',
    text: 'echo this',
  })
  console.log('echo-bot.ts replies')
  bot.kill('SIGTERM')
  assert.deepEqual(await once(bot, 'exit'), [0, null])
  console.log('echo-bot.ts exits with 0')
} finally {
  bot.kill()
  await server.close()
}
