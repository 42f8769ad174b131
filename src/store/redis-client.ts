import { LineInputError } from '../core/errors.js'

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

/**
 * Returns a function that sends commands with a client of either package.
 *
 * @param name The calling function, for the error message.
 * @throws {LineInputError} if the client is of neither package.
 */
export function senderOf(client: NodeRedisClient | IoRedisClient, name: string): SendCommand {
  // ioredis has a sendCommand, too, which takes its own command objects. So `call` is checked first.
  if ('call' in client && typeof client.call === 'function') return (...input) => client.call(...input)
  if ('sendCommand' in client && typeof client.sendCommand === 'function')
    return (...input) => client.sendCommand(input)
  throw new LineInputError(`${name}: client must be a connected client of the redis or ioredis package`)
}
