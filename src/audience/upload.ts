import type { StreamedFile } from '../core/call/multipart.js'
import { LineInputError } from '../core/errors.js'
import { isUserIdText, uuidPattern } from '../core/ids.js'
import { plural } from '../core/plural.js'
import { checkOptions } from '../core/read-options.js'

/** Maximum number of IDs in a file. */
export const mostAudienceIds = 1_500_000

/** Options for a file of audience IDs. */
export interface AudienceFileOptions {
  /** Whether the IDs are advertising IDs (IFA) instead of user IDs. Must match the audience. Default: `false`. */
  readonly isIfaAudience?: boolean | undefined
  /** File name sent to LINE. Default: `audience.txt`. */
  readonly name?: string | undefined
}

/** IDs as an iterable: an array, a generator, the lines of a file, or `each(line.messaging.getFollowers)`. */
export type AudienceIds = Iterable<string> | AsyncIterable<string>

// About 64 KB. The cost of a chunk does not depend on its size.
const idsPerChunk = 2000

// Reading IDs from memory would block timers, other requests and LINE's response, so it yields to the event loop about
// every 10 ms.
const idsPerSlice = 8 * idsPerChunk
const yieldToEventLoop = () => new Promise<void>((done) => setTimeout(done, 0))

const isIfa = (id: unknown): id is string => typeof id === 'string' && uuidPattern.test(id)

function refuse(at: string, allowed: string, found: string): never {
  const message = `${at} must be ${allowed}, but is ${found}`
  throw new LineInputError(`audience file: ${message}`, { problems: [{ path: at, allowed, found, message }] })
}

// Never contains the ID itself, because IDs are personal data.
function describe(id: unknown): string {
  if (id === undefined || id === null) return 'missing'
  if (typeof id !== 'string') return typeof id === 'object' ? 'an object' : `a ${typeof id}`
  if (!id.trim()) return id ? 'a string of spaces' : 'an empty string'
  if (id.trim() !== id) return 'a string with leading or trailing whitespace'
  return `a string of ${plural(id.length, 'UTF-16 code unit')}`
}

function check(name: string, ids: unknown, options: unknown): void {
  const isIterable = typeof ids === 'string' || (typeof ids === 'object' && ids !== null)
  if (!isIterable || !(Symbol.iterator in Object(ids) || Symbol.asyncIterator in Object(ids)))
    throw new LineInputError(`${name}: ids must be an array or another iterable of IDs`)
  checkOptions(name, options, { name: 'string' })
}

async function* lines(ids: AudienceIds, options: AudienceFileOptions): AsyncGenerator<string, void, undefined> {
  const [isValid, allowed] = options.isIfaAudience
    ? [isIfa, 'an advertising ID (a UUID)']
    : [isUserIdText, 'a user ID (U followed by 32 hex digits)']
  let count = 0
  let chunk: string[] = []
  let separator = ''
  const take = () => {
    const text = separator + chunk.join('\n')
    separator = '\n'
    chunk = []
    return text
  }
  for await (const id of ids as AsyncIterable<unknown> | Iterable<unknown>) {
    count += 1
    if (count > mostAudienceIds) refuse('the file', 'at most 1,500,000 lines long', 'longer')
    if (typeof id !== 'string' || !isValid(id)) refuse(`line ${count}`, allowed, describe(id))
    chunk.push(id)
    if (chunk.length === idsPerChunk) yield take()
    if (count % idsPerSlice === 0) await yieldToEventLoop()
  }
  if (count === 0) refuse('the file', 'at least 1 line long', 'empty')
  if (chunk.length > 0) yield take()
}

/**
 * Creates a file of up to 1,500,000 IDs that is streamed, so it is never in memory as a whole. It is sent in chunks,
 * without a `Content-Length`.
 *
 * The call that sends the file reads and validates the IDs. Invalid IDs, and errors of the iterable, make that call
 * fail; LINE has accepted nothing then. The file can be used for one call, which is never retried. The timeouts of the
 * call include the time to read the IDs, so set a longer `timeout` and `totalTimeout` if the IDs come slowly. If the
 * runtime cannot stream request bodies, the call throws; use {@link audienceBlob} there.
 *
 * @throws {LineInputError} from the call: for an invalid ID, with its line number, for an empty list, and for more
 *   than 1,500,000 IDs.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#create-upload-audience-group-by-file
 *
 * @example
 * const { audienceGroupId } = await line.audience.createAudienceForUploadingUserIds({ description: 'spring', file: audienceFile(userIds) })
 */
export function audienceFile(ids: AudienceIds, options: AudienceFileOptions = {}): StreamedFile {
  check('audienceFile', ids, options)
  const encoder = new TextEncoder()
  const source = lines(ids, options)
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await source.next()
        if (done) controller.close()
        else controller.enqueue(encoder.encode(value))
      },
      async cancel() {
        await source.return()
      },
    },
    { highWaterMark: 0 },
  )
  return { stream, type: 'text/plain', name: options.name ?? 'audience.txt' }
}

/**
 * Creates a file of up to 1,500,000 IDs in memory: 51 MB of user IDs, or 56 MB of advertising IDs. Unlike
 * {@link audienceFile}, it validates all IDs before anything is sent, has a `Content-Length`, can be sent again, and
 * works in every runtime.
 *
 * @throws {LineInputError} for an invalid ID, with its line number, for an empty list, and for more than 1,500,000
 *   IDs.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#create-upload-audience-group-by-file
 */
export async function audienceBlob(ids: AudienceIds, options: AudienceFileOptions = {}): Promise<File> {
  check('audienceBlob', ids, options)
  const chunks: Blob[] = []
  // One Blob per chunk lets the runtime keep the text outside its heap.
  for await (const chunk of lines(ids, options)) chunks.push(new Blob([chunk]))
  return new File(chunks, options.name ?? 'audience.txt', { type: 'text/plain' })
}
