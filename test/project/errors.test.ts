// Every error that a caller sees is a LineError. Other errors may exist inside, where the code that throws them also catches them.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** Every place that makes an error of another class, with the reason. */
const allowed: { readonly [place: string]: string } = {
  'core/errors.ts: class LineError': 'the base class itself',
  'core/call/attempt.ts: class Stopped': 'becomes LINE_TIMEOUT or LINE_ABORTED',
  'core/call/attempt.ts: new TypeError': 'becomes LINE_NETWORK, like a fetch that rejects',
  'core/call/retry.ts: new Error': 'tells ky to give up or to retry; ky’s errors never leave the transport',
  'emulator/platform/fetch.ts: class ConnectionReset': 'becomes the TypeError that a runtime’s fetch rejects with',
  'emulator/platform/fetch.ts: new TypeError': 'the emulator’s fetch rejects as a runtime’s fetch does',
  'emulator/platform/refusal.ts: class Refusal': 'becomes an HTTP response',
  'emulator/login/request.ts: class LoginPageError': 'becomes an error page',
  'emulator/login/request.ts: class Denied': 'becomes a redirect to the app',
  'messaging/send-to-many/deliver.ts: class TooOld': 'becomes the outcome of a batch',
}

test('src makes no other errors than LineErrors, except what is listed with a reason', () => {
  const found = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const text = readFileSync(join('src', file), 'utf8')
      const made = [...text.matchAll(/new ((?:Type|Range|Aggregate|Syntax|Eval|URI)?Error)\(/g)].map(
        ([, name]) => `new ${name}`,
      )
      const classes = [...text.matchAll(/class (\w+) extends (?:Type|Range)?Error\b/g)].map(
        ([, name]) => `class ${name}`,
      )
      return [...made, ...classes].map((what) => `${file.replaceAll('\\', '/')}: ${what}`)
    })
  expect([...new Set(found)].sort()).toEqual(Object.keys(allowed).sort())
})
