/** The number of a deal in what was pasted: the number itself, or an address of its card. Null for anything else. */
export function leadNumber(text: string): number | null {
  const bare = text.trim();
  const digits = /^(?:#|№)?\s*(\d{1,15})$/.exec(bare)?.[1] ?? /\/leads\/detail\/(\d{1,15})(?:[/?#]|$)/.exec(bare)?.[1];
  const number = Number(digits);
  return digits === undefined || number === 0 ? null : number;
}
