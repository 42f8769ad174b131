// The same suite in a Worker: with nodejs_compat HMAC comes from node:crypto, without it from WebCrypto.
import { runSuite } from './suite.js'

export default {
  async fetch() {
    try {
      return new Response(`${(await runSuite()).length} passed`)
    } catch (error) {
      return new Response(error.message, { status: 500 })
    }
  },
}
