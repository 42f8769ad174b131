import type { AccountState } from './state.js'

/** The currency of an account: that of Taiwan, of Thailand, or else the yen. */
export function currencyOf({ country }: AccountState): 'JPY' | 'TWD' | 'THB' {
  if (country === 'TW') return 'TWD'
  return country === 'TH' ? 'THB' : 'JPY'
}
