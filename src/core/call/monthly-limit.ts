/** LINE's text for a used-up message quota. It has a file of its own, because the transport needs it before the texts of all errors are loaded. */
export const monthlyLimit: RegExp = /monthly limit/i
