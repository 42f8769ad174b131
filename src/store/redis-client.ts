import { LineInputError, LineNetworkError } from '../core/errors.js'
import { property } from '../core/property.js'
import { reasonOf } from '../core/reason.js'

/** The part of a client of the `redis` package that the store uses. */
export interface NodeRedisClient {
  /** Sends a command. */
  sendCommand(args: string[]): Promise<unknown>
}

/** The part of a client of the `ioredis` package that the store uses. */
export interface IoRedisClient {
  /** Sends a command. */
  call(command: string, ...args: string[]): Promise<unknown>
}

/** Sends a command. */
export type SendCommand = (command: string, ...args: string[]) => Promise<unknown>

// A reply error starts with a word such as OOM or NOAUTH. Its other words, and ioredis's own fields, may quote the values of the command.
const replyCode = (error: unknown) => /^[A-Z]{3,20}(?= )/.exec(String(property(error, 'message')))?.[0]

function commandsOf(client: NodeRedisClient | IoRedisClient): SendCommand | undefined {
  if (typeof client !== 'object' || client === null) return undefined
  // ioredis has a sendCommand, too, which takes its own command objects. So `call` is checked first.
  if ('call' in client && typeof client.call === 'function') return (...input) => client.call(...input)
  if ('sendCommand' in client && typeof client.sendCommand === 'function')
    return (...input) => client.sendCommand(input)
  return undefined
}

/**
 * Returns a function that sends commands with a client of either package.
 *
 * @param name The calling function, for the error message.
 * @throws {LineInputError} if the client is of neither package. The returned function throws `LineNetworkError` if a command fails.
 */
export function senderOf(client: NodeRedisClient | IoRedisClient, name: string): SendCommand {
  const send = commandsOf(client)
  if (!send) throw new LineInputError(`${name}: client must be a connected client of the redis or ioredis package`)
  return async (...input) => {
    try {
      return await send(...input)
    } catch (error) {
      const reason = replyCode(error) ?? reasonOf(error)
      throw new LineNetworkError(`${name}: the Redis command ${input[0]} failed (${reason})`, { reason })
    }
  }
}
