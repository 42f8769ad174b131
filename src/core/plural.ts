/** A number with its unit, such as `1 item` or `2 items`. */
export const plural = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`
