/** Runs a step of a demo, and prints its duration and result. */
export async function step<T>(
  what: string,
  work: () => Promise<T> | T,
  show: (result: T) => string = () => '',
): Promise<T> {
  const start = performance.now()
  const result = await work()
  console.log(
    `${`${(performance.now() - start).toFixed(1)} ms`.padStart(9)}  ${what}${show(result) && `: ${show(result)}`}`,
  )
  return result
}
