/** LINE's text for a used-up message quota. It is in a separate file, because the transport needs it before the texts of all errors are loaded. */
export const monthlyLimit: RegExp = /monthly limit/i
