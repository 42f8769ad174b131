// A fuzz run in a separate process, so that an input that ends the process is noticed.
import { fuzz } from '../test/attacks/fuzz.ts'

const [runs = '0', seed = '0'] = process.argv.slice(2)
process.send?.(await fuzz({ runs: Number(runs), seed: Number(seed) }))
process.exit()
