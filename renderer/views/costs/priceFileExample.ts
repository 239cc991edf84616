/** A price file with one model, to be changed by hand; its amounts are dollars per million tokens. */
export function priceFileExample(model: string, day: string): string {
  const rates = { input: 5, output: 25, cacheRead: 0.5, cacheWrite5m: 6.25, cacheWrite1h: 10 };
  return JSON.stringify({ asOf: day, prices: [{ models: [model], rates }] }, null, 2);
}
