import type { InputMessages } from '../platform/error-messages.js'
import { Refusal, refuse } from '../platform/refusal.js'

/** LINE's codes for what is wrong with a request about audiences. They stand in `details`. */
export type AudienceCode =
  | 'AUDIENCE_GROUP_CAN_NOT_UPLOAD_STATUS_EXPIRED'
  | 'AUDIENCE_GROUP_COUNT_MAX_OVER'
  | 'AUDIENCE_GROUP_NAME_EMPTY'
  | 'AUDIENCE_GROUP_NAME_SIZE_OVER'
  | 'AUDIENCE_GROUP_NAME_WRONG'
  | 'AUDIENCE_GROUP_NOT_FOUND'
  | 'AUDIENCE_GROUP_REQUESTID_DUPLICATE'
  | 'AUDIENCE_GROUP_UPLOAD_DESCRIPTION_SIZE_OVER'
  | 'REQUEST_NOT_FOUND'
  | 'TOO_HIGH'
  | 'TOO_OLD_MESSAGES'
  | 'UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT'
  | 'UPLOAD_AUDIENCE_GROUP_NO_VALID_AUDIENCE_IDS'
  | 'UPLOAD_AUDIENCE_GROUP_TOO_MANY_AUDIENCE_IDS'
  | 'WRONG_BOT_ID'

// The texts beside the codes as far as LINE's page shows them. The others say the code twice, as LINE does for files.
const texts: { readonly [code in AudienceCode]?: string } = {
  AUDIENCE_GROUP_NAME_SIZE_OVER: 'size over audienceGroupName',
  AUDIENCE_GROUP_NOT_FOUND: 'audience group not found',
}

/** Refuses in the form that LINE has for audiences. */
export function refuseAudience(
  code: AudienceCode,
  { message, property }: { message?: string; property?: string } = {},
): never {
  throw new Refusal(400, {
    message: message ?? texts[code] ?? code,
    details: [{ message: code, ...(property && { property }) }],
  })
}

/** Refuses IDs, which stand in the body or in a file. */
export function refuseIds(code: AudienceCode, property: 'audiences' | 'file'): never {
  const isFormOfJson = property === 'audiences' && code === 'UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT'
  return refuseAudience(code, { property, ...(isFormOfJson && { message: 'Invalid audience id format' }) })
}

/** Refuses an invalid input with LINE's code for its first problem, if LINE has one. */
export const inputMessages: InputMessages = ({ path, rule, maximum }, input) => {
  if (path === 'description' && rule !== 'kind') {
    const name: unknown = Reflect.get(input, 'description')
    if (typeof name !== 'string' || !name.trim()) refuseAudience('AUDIENCE_GROUP_NAME_EMPTY')
    refuseAudience(rule === 'length' ? 'AUDIENCE_GROUP_NAME_SIZE_OVER' : 'AUDIENCE_GROUP_NAME_WRONG')
  }
  if (path === 'uploadDescription' && rule === 'length') refuseAudience('AUDIENCE_GROUP_UPLOAD_DESCRIPTION_SIZE_OVER')
  if (path === 'audiences' && (rule === 'size' || rule === 'missing')) {
    const ids: unknown = Reflect.get(input, 'audiences')
    const none = !Array.isArray(ids) || ids.length === 0
    refuseIds(
      none ? 'UPLOAD_AUDIENCE_GROUP_NO_VALID_AUDIENCE_IDS' : 'UPLOAD_AUDIENCE_GROUP_TOO_MANY_AUDIENCE_IDS',
      'audiences',
    )
  }
  if (/^audiences\[\d+\](?:\.id)?$/.test(path))
    refuseIds('UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT', 'audiences')
  if (path === 'file') refuse(400, 'file: may not be empty')
  if (path === 'size' && maximum !== undefined)
    refuseAudience('TOO_HIGH', { message: `size: must be less than or equal to ${maximum}` })
  return undefined
}
