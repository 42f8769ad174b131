import { createHmac } from 'node:crypto'
import { validateSignature } from '@line/bot-sdk'
import { verifySignature, verifySignatureSync } from 'line-oa/webhook'
import { compare, type Ratio, timed } from './rounds.ts'

const secret = '8c570fa6dd201bb328f1c1eac23a96d8'
const body = Buffer.from(
  JSON.stringify({
    destination: 'U8e742f61d673b39c7fff3cecb7536ef0',
    events: [{ type: 'message', text: 'x'.repeat(400) }],
  }),
)
const signature = createHmac('sha256', secret).update(body).digest('base64')

/** Measures the signature verification of a delivery of about 500 bytes. */
export async function signatureRatios(count: number, slices: number): Promise<Ratio[]> {
  const { ratios } = await compare(
    [
      { name: 'verifySignature', run: () => timed(count, () => verifySignature(body, secret, signature)) },
      { name: 'verifySignatureSync', run: () => timed(count, () => verifySignatureSync(body, secret, signature)) },
      { name: '@line/bot-sdk', run: () => timed(count, () => validateSignature(body, secret, signature)) },
    ],
    { slices },
  )
  return ratios
}
