// Runs the suite in a Worker. With nodejs_compat the SDK computes HMAC with node:crypto, without it with WebCrypto.
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
