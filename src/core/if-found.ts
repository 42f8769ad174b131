/**
 * Makes `undefined` of LINE's 404, for calls where it means that there is none: no LIFF app, no default rich menu, no membership.
 *
 * @example
 * const apps = (await ifFound(line.liff.getAllLIFFApps()))?.apps ?? []
 */
export async function ifFound<Output>(call: Promise<Output>): Promise<Output | undefined> {
  try {
    return await call
  } catch (error) {
    // By its code: `instanceof` fails where two copies of the package are loaded.
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'LINE_NOT_FOUND')
      return undefined
    throw error
  }
}
