// A bot in a separate process that counts events, with one of several webhook receivers.
import { createServer, type RequestListener } from 'node:http'
import { middleware } from '@line/bot-sdk'
import express from 'express'
import { createReceiver } from 'line-oa/webhook'
import { toNodeHandler } from 'line-oa/webhook/node'

const channelSecret = '8c570fa6dd201bb328f1c1eac23a96d8'
let events = 0

const handlers: { readonly [name: string]: () => RequestListener } = {
  'line-oa': () => {
    const receiver = createReceiver({ channelSecret })
    receiver.on('message', () => {
      events++
    })
    return toNodeHandler(receiver)
  },
  'express and @line/bot-sdk': () => {
    const app = express()
    app.post('/', middleware({ channelSecret }), (request, response) => {
      events += request.body.events.length
      response.sendStatus(200)
    })
    return app
  },
  'node:http and @line/bot-sdk': () => {
    const check = middleware({ channelSecret })
    return (request, response) =>
      // Its types require Express, but it only uses node:http.
      check(request as never, response as never, (error?: unknown) => {
        events += error ? 0 : (request as typeof request & { body: { events: unknown[] } }).body.events.length // set by the middleware
        response.writeHead(error ? 500 : 200).end()
      })
  },
}

const server = createServer(handlers[process.argv[2] ?? '']?.())
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.(typeof address === 'object' ? address?.port : 0)
})
process.on('disconnect', () => process.exit(events > 0 ? 0 : 1))
