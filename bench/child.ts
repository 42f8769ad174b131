import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'

/** Starts one of the servers in this folder. It exits with `stop`, or with this process. */
export async function startServer(
  file: string,
  ...parameters: string[]
): Promise<{ readonly url: string; readonly child: ChildProcess; stop: () => void }> {
  const child = fork(new URL(file, import.meta.url), parameters)
  const [port] = (await once(child, 'message')) as [number] // each server first sends its port
  return { url: `http://127.0.0.1:${port}`, child, stop: () => child.disconnect() }
}
