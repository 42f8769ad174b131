import type { StreamedFile } from '../core/call/multipart.js'
import { LineInputError } from '../core/errors.js'
import { isUserId } from '../credentials/identifiers.js'

/** How many IDs LINE takes in one file. */
export const mostAudienceIds = 1_500_000

/** What the IDs are, and how the file is called. */
export interface AudienceFileOptions {
  /** Whether they are advertising IDs (IFA), as in the audience itself. Default: user IDs. */
  readonly isIfaAudience?: boolean | undefined
  /** The name of the file that LINE sees. Default: `audience.txt`. */
  readonly name?: string | undefined
}

/** IDs, one by one: a list, a generator, lines of a file, `each(line.messaging.getFollowers)`. */
export type AudienceIds = Iterable<string> | AsyncIterable<string>

// About 64 KB; each chunk costs the same whatever is in it.
const idsPerChunk = 2000

// IDs in memory come without a pause, and would hold up timers, other requests and LINE's own answer: some 10 ms at a time is enough.
const idsPerTurn = 8 * idsPerChunk
const otherWork = () => new Promise<void>((done) => setTimeout(done, 0))

const isIfa = (id: unknown): id is string =>
  typeof id === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)

function refuse(at: string, allowed: string, found: string): never {
  const message = `${at} must be ${allowed}, but is ${found}`
  throw new LineInputError(`audience file: ${message}`, { problems: [{ path: at, allowed, found, message }] })
}

// Never the ID itself: whose it is concerns no log.
function describe(id: unknown): string {
  if (id === undefined || id === null) return 'missing'
  if (typeof id !== 'string') return typeof id === 'object' ? 'an object' : `a ${typeof id}`
  if (!id.trim()) return id ? 'spaces only' : 'empty text'
  if (id.trim() !== id) return 'text with spaces or line ends around it'
  return `text of ${id.length} UTF-16 units that is none`
}

async function* lines(ids: AudienceIds, options: AudienceFileOptions): AsyncGenerator<string, void, undefined> {
  const [fits, allowed] = options.isIfaAudience
    ? [isIfa, 'an advertising ID (a UUID)']
    : [isUserId, 'a user ID (U and 32 hex characters)']
  let count = 0
  let chunk: string[] = []
  let before = ''
  const take = () => {
    const text = before + chunk.join('\n')
    before = '\n'
    chunk = []
    return text
  }
  for await (const id of ids) {
    count += 1
    if (count > mostAudienceIds) refuse('the file', 'of at most 1,500,000 lines, which is what LINE takes', 'longer')
    if (!fits(id)) refuse(`line ${count}`, allowed, describe(id))
    chunk.push(id)
    if (chunk.length === idsPerChunk) yield take()
    if (count % idsPerTurn === 0) await otherWork()
  }
  if (count === 0) refuse('the file', 'of at least 1 line', 'empty')
  if (chunk.length > 0) yield take()
}

/**
 * Makes a file of up to 1,500,000 IDs that is sent while it is read, so that it never is in memory as a whole. It goes in chunks,
 * without its length being said before.
 *
 * The call that sends it reads the IDs, and checks each. What it finds wrong, and what the IDs themselves throw, comes out of that call: LINE has
 * taken nothing then. The file serves one call, and that call is never repeated. The call's deadlines cover the reading: give it a longer `timeout`
 * and `totalTimeout` when the IDs come slowly. Where the runtime cannot send a body while it is read, the call says so: use {@link audienceBlob} there.
 *
 * @throws {LineInputError} from the call: with the number of the line that is no ID, for an empty list, and for one above 1,500,000.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#create-upload-audience-group-by-file
 *
 * @example
 * const { audienceGroupId } = await line.audience.createAudienceForUploadingUserIds({ description: 'spring', file: audienceFile(userIds) })
 */
export function audienceFile(ids: AudienceIds, options: AudienceFileOptions = {}): StreamedFile {
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
 * Makes a file of up to 1,500,000 IDs in memory: 51 MB of user IDs, 56 MB of advertising IDs. Unlike {@link audienceFile} it has checked all IDs
 * before anything is sent, says its length to LINE, can be sent again, and works in every runtime.
 *
 * @throws {LineInputError} with the number of the line that is no ID, for an empty list, and for one above 1,500,000.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#create-upload-audience-group-by-file
 */
export async function audienceBlob(ids: AudienceIds, options: AudienceFileOptions = {}): Promise<File> {
  const chunks: Blob[] = []
  // A Blob for each chunk lets the runtime keep the text outside of its heap.
  for await (const chunk of lines(ids, options)) chunks.push(new Blob([chunk]))
  return new File(chunks, options.name ?? 'audience.txt', { type: 'text/plain' })
}
