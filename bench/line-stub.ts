// Responds to every push as LINE does. It runs in a separate process, so that the client under test has a CPU core for itself.
import { createServer } from 'node:http'

const body = JSON.stringify({ sentMessages: [{ id: '461230966842064897', quoteToken: 'IStG5h1Tz7bsNh0fS8ZvyQ' }] })
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    response
      .writeHead(200, {
        'content-type': 'application/json',
        'x-line-request-id': '8e36c0d7-4a5f-4c63-a9f5-3a0f5c0d1b2e',
      })
      .end(body)
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.(typeof address === 'object' ? address?.port : 0)
})
process.on('disconnect', () => process.exit())
