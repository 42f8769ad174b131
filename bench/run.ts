// Prints the performance figures with their goals, most as a ratio to @line/bot-sdk in the same run. `npm run bench -- push` runs one part.
import { bundles, measure } from '../scripts/bundles.ts'
import { attack } from './attacks.ts'
import { checkFigures } from './check-messages.ts'
import { claimFigures } from './claims.ts'
import { importRatios } from './cold-import.ts'
import { deliveryRatios } from './delivery.ts'
import { emulatorMemory } from './emulator-memory.ts'
import { emulatorPushRatio } from './emulator-push.ts'
import { walkFollowers } from './followers.ts'
import { fuzzInProcess } from './fuzz.ts'
import { handleFigures } from './handle.ts'
import { idTokenFigures } from './id-token.ts'
import { pushRatios } from './push.ts'
import { registryFigures } from './registry.ts'
import type { Ratio } from './rounds.ts'
import { fullRuns, killedRuns, ways } from './send-to-many.ts'
import { signatureRatios } from './signature.ts'
import { soak } from './soak.ts'

const only = process.argv.slice(2)
const wanted = (part: string) => only.length === 0 || only.includes(part)

/** Prints ratios. A goal is only missed if it is outside the spread of the rounds. */
function show(title: string, ratios: readonly Ratio[], goals: { readonly [name: string]: number } = {}): void {
  console.log(`\n${title}, as a ratio to @line/bot-sdk: median (minimum to maximum) of the rounds`)
  for (const { name, median, least, most } of ratios) {
    const goal = goals[name]
    const verdict =
      goal === undefined
        ? ''
        : median <= goal
          ? `  goal ${goal}: met`
          : least <= goal
            ? `  goal ${goal}: within the spread`
            : `  goal ${goal}: MISSED`
    console.log(`  ${name.padEnd(28)}${median.toFixed(3)}  (${least.toFixed(3)} to ${most.toFixed(3)})${verdict}`)
  }
}

/** Calls every exported function with wrong inputs, and prints what failed. Returns a row for the closing table of the attacks. */
async function showFuzz(runs: number) {
  const name = 'inputs of JavaScript callers'
  const result = await fuzzInProcess(runs, Date.now())
  if (!result) {
    console.log('\nFuzz: an input ended the process   MISSED')
    return { name, attacks: runs, lost: 0, doubled: 0, unhandled: 1 }
  }
  const { inputs, functions, refused, unsettled, findings, unhandled } = result
  console.log(
    `\n${inputs} inputs to ${functions} functions and methods: ${refused} refused with a LineError, ${unsettled} still waiting, ${findings.length} findings   goal 0: ${findings.length === 0 ? 'met' : 'MISSED'}`,
  )
  for (const finding of findings) console.log(`  ${finding.slice(0, 300)}`)
  return { name, attacks: inputs, lost: 0, doubled: 0, unhandled: findings.length + unhandled }
}

const microseconds = (value: number, goal: number) =>
  `${value.toFixed(1)} µs  goal ${goal}: ${value <= goal ? 'met' : 'MISSED'}`

console.log(`Node ${process.version}`)
if (wanted('signature'))
  show('Signature verification', await signatureRatios(2000, 20), { verifySignature: 0.8, verifySignatureSync: 0.8 })
if (wanted('delivery')) {
  const { express, bare } = await deliveryRatios(400, 10)
  // The ratio is of the time per event: 1.2 times the events per second is 0.833 of the time.
  show('Delivery to an HTTP server, compared with Express 5', express, { 'line-oa': 1 / 1.2 })
  show('Delivery to an HTTP server, compared with plain node:http', bare, { 'line-oa': 1 })
}
if (wanted('handle')) {
  const { one, each } = await handleFigures(2000, 5)
  console.log(
    `\nFrom signed bytes to the end of the handlers\n  delivery with one event     ${microseconds(one, 30)}\n  each additional event       ${microseconds(each, 8)}`,
  )
}
if (wanted('claims')) {
  const { perSecond, ratio } = await claimFigures(300, 5)
  console.log(
    `\nEvents claimed and marked as handled in a SQLite file, one after another\n  durability full             ${perSecond.full.toFixed(0)} per second\n  durability normal           ${perSecond.normal.toFixed(0)} per second\n  time of full to normal      ${ratio.toFixed(2)}`,
  )
}
if (wanted('id-token')) {
  const { hs256, es256 } = await idTokenFigures(2000, 5)
  console.log(
    `\nverifyIdToken, after warm-up\n  HS256                       ${microseconds(hs256, 30)}\n  ES256                       ${microseconds(es256, 400)}`,
  )
}
if (wanted('check')) {
  const { text, flex } = checkFigures(9)
  const verdict = (value: number, goal: number) =>
    `${value.toFixed(1)} µs  goal ${goal}: ${value <= goal ? 'met' : 'MISSED'}`
  console.log(
    `\ncheckMessages, after warm-up\n  push of one text message    ${verdict(text, 5)}\n  Flex bubble of 30 KB        ${verdict(flex, 2000)}`,
  )
}
if (wanted('soak')) {
  const { completedOnce, completedTwice, overlapping, wronglyFlagged, late, failures, heap, seconds } =
    await soak(100_000)
  const right = completedOnce === 100_000 && overlapping === 0 && wronglyFlagged === 0
  console.log(
    `\n100,000 deliveries with duplicates, out-of-order events and failures: ${right ? 'met' : 'MISSED'}, in ${seconds.toFixed(1)} s`,
  )
  console.log(
    `  completed once ${completedOnce}, more than once ${completedTwice}; concurrent events of one chat ${overlapping}`,
  )
  console.log(`  out of order ${late}, wrong flag ${wronglyFlagged}; failed at first ${failures}`)
  console.log(`  heap ${heap.map((size) => size.toFixed(1)).join(' MB, then ')} MB`)
}
if (wanted('followers')) {
  const { complete, pages, growth, seconds } = await walkFollowers(1_000_000)
  const megabytes = growth / 1024 ** 2
  console.log(
    `\n1,000,000 followers listed from the emulator over HTTP, ${pages} pages in ${seconds.toFixed(1)} s: ${complete ? 'complete' : 'NOT COMPLETE'}`,
  )
  console.log(`  heap growth           ${megabytes.toFixed(1)} MB   goal 30: ${megabytes <= 30 ? 'met' : 'MISSED'}`)
}
if (wanted('registry')) {
  const { listed, walked } = await registryFigures(1_000_000)
  console.log('\nA registry of connected accounts')
  for (const [storage, { median, least }] of Object.entries(listed)) {
    const verdict = median <= 50 ? 'met' : least <= 50 ? 'within the spread' : 'MISSED'
    console.log(
      `  10,000 listed from ${storage.padEnd(9)}${median.toFixed(1)} ms (minimum ${least.toFixed(1)})  goal 50: ${verdict}`,
    )
  }
  const megabytes = walked.growth / 1024 ** 2
  const isConstant = walked.count === 1_000_000 && walked.inOrder && megabytes <= 10
  console.log(
    `  iterated over ${walked.count} in SQLite in ${walked.seconds.toFixed(1)} s, each once and in order: ${walked.inOrder}`,
  )
  console.log(
    `  heap growth after the first tenth ${megabytes.toFixed(1)} MB   goal 10: ${isConstant ? 'met' : 'MISSED'}`,
  )
}
if (wanted('push')) {
  const { turn, atOnce } = await pushRatios(100, 20)
  show('One push over loopback, sequentially', turn, { 'line-oa': 1.1 })
  show('One push over loopback, 32 concurrently', atOnce, { 'line-oa': 1.1 })
}
if (wanted('emulator-push')) {
  const { median, least, most } = await emulatorPushRatio(1000, 3)
  const verdict = median >= 0.4 ? 'met' : most >= 0.4 ? 'within the spread' : 'MISSED'
  console.log(
    `\nPush to the emulator over HTTP, requests per second as a ratio to a bare node:http server\n  ${median.toFixed(3)}  (${least.toFixed(3)} to ${most.toFixed(3)})  goal at least 0.4: ${verdict}`,
  )
}
if (wanted('emulator-memory')) {
  const { requests, deliveries, growth, largest, wrong, seconds } = await emulatorMemory(1_000_000, 200_000)
  const megabytes = (bytes: number) => (bytes / 1024 ** 2).toFixed(1)
  console.log(
    `\nThe emulator over ${requests} requests and ${deliveries} deliveries in ${seconds.toFixed(0)} s, with histories of 1,000 entries: ${wrong} wrong answers`,
  )
  console.log(
    `  heap growth ${megabytes(growth)} MB, at most ${megabytes(largest)} MB   goal 20: ${growth <= 20 * 1024 ** 2 && wrong === 0 ? 'met' : 'MISSED'}`,
  )
}
if (wanted('attacks')) {
  const rows = [...(await attack(20, 12)), await showFuzz(300_000)]
  const total = (of: (row: (typeof rows)[number]) => number) => rows.reduce((sum, row) => sum + of(row), 0)
  console.log('\nAttacks                          times      lost   doubled   unhandled')
  const column = (value: number, width: number) => String(value).padStart(width)
  for (const { name, attacks, lost, doubled, unhandled } of rows)
    console.log(
      `  ${name.padEnd(28)}${column(attacks, 8)}${column(lost, 10)}${column(doubled, 10)}${column(unhandled, 12)}`,
    )
  const failed = total(({ lost, doubled, unhandled }) => lost + doubled + unhandled)
  console.log(`  goal: 0 lost, 0 doubled, 0 unhandled: ${failed === 0 ? 'met' : 'MISSED'}`)
} else if (wanted('fuzz')) await showFuzz(300_000)
if (wanted('import')) {
  const { imports, firstPush, milliseconds } = await importRatios(9)
  show('Cold import', imports, { 'line-oa': 0.15, 'line-oa/webhook': 0.05 })
  console.log(`  milliseconds: ${[...milliseconds].map(([name, value]) => `${name} ${value.toFixed(1)}`).join(', ')}`)
  show('Import and first push', firstPush, { 'line-oa': 0.5 })
}
if (wanted('many')) {
  const verdict = (isMet: boolean) => (isMet ? 'met' : 'MISSED')
  const people = 1_000_000
  console.log(`\nsendToMany to ${people} users within LINE's rate limit, on the emulator`)
  for (const { dedupe, duration, share, limited, lost, doubled, memory } of await fullRuns(people)) {
    const megabytes = memory / 1024 ** 2
    console.log(`  dedupe '${dedupe}': ${(duration / 1000).toFixed(2)} s, ${lost} lost, ${doubled} duplicates`)
    console.log(`    share of 200 per second      ${(share * 100).toFixed(1)} %   goal 95: ${verdict(share >= 0.95)}`)
    console.log(`    responses with status 429   ${limited}   goal 0: ${verdict(limited === 0)}`)
    console.log(`    memory above the requests   ${megabytes.toFixed(0)} MB   goal 60: ${verdict(megabytes <= 60)}`)
  }
  console.log('\n200,000 users, responses after 25 ms, 1 in 100 requests fails with 500')
  for (const { name, duration, lost, doubled, limited } of await ways(200_000))
    console.log(
      `  ${name.padEnd(28)}${(duration / 1000).toFixed(2)} s, ${lost} lost, ${doubled} duplicates, ${limited} responses with status 429`,
    )
  const { kills, shifted, sentShifted, lost, doubled } = await killedRuns(100_000)
  console.log(
    `\n100,000 users, killed with SIGKILL ${kills} times, then run with the list shifted by one, then run to the end`,
  )
  console.log(
    `  ${lost} lost, ${doubled} duplicates   goal 0 and 0: ${verdict(kills === 5 && lost === 0 && doubled === 0)}`,
  )
  console.log(
    `  shifted: ${shifted}, sent to ${sentShifted}   goal: rejected before sending: ${verdict(shifted === 'LINE_INPUT' && sentShifted === 0)}`,
  )
}
if (wanted('bundle')) {
  console.log('\nBundles, minified and gzipped')
  for (const { name, code, limit } of bundles) {
    const { start, later } = await measure(code)
    const verdict = `goal ${(limit / 1024).toFixed(1)}: ${start <= limit ? 'met' : 'MISSED'}`
    const whole = later ? `; with code loaded on demand ${((start + later) / 1024).toFixed(2)} KB` : ''
    console.log(`  ${name.padEnd(28)}${(start / 1024).toFixed(2)} KB  ${verdict}${whole}`)
  }
}
