import { LineInputError } from '../core/errors.js'

/** As much of a client of the package `redis` as is used. */
export interface NodeRedisClient {
  sendCommand(args: string[]): Promise<unknown>
}

/** As much of a client of the package `ioredis` as is used. */
export interface IoRedisClient {
  call(command: string, ...args: string[]): Promise<unknown>
}

/** Sends one command. */
export type SendCommand = (command: string, ...args: string[]) => Promise<unknown>

/**
 * Finds out how to send commands over a client of either package.
 *
 * @param name The function that was given the client, for the message.
 * @throws {LineInputError} when it is no client of either.
 */
export function senderOf(client: NodeRedisClient | IoRedisClient, name: string): SendCommand {
  // ioredis has a sendCommand too, which takes objects of its own, so `call` is looked for first.
  if ('call' in client && typeof client.call === 'function') return (...input) => client.call(...input)
  if ('sendCommand' in client && typeof client.sendCommand === 'function')
    return (...input) => client.sendCommand(input)
  throw new LineInputError(`${name}: give it a connected client of the package redis or ioredis`)
}
