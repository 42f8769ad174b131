import { hosts } from '../../core/call/request.js'

/** Whether an address is on one of LINE's own hosts. Any other is taken for all of them in one. */
export function isLineHost(url: URL): boolean {
  return Object.values(hosts).includes(url.origin)
}

/** Whether LINE's login pages are at an address's host. */
export function hasPages(url: URL): boolean {
  return url.origin === hosts.access || !isLineHost(url)
}
