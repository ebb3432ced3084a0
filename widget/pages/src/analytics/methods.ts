import type { AnalyticsWords } from './words';

/** What people call a method; two of them with a plus between are their mean. */
export function methodName(words: AnalyticsWords, method: string): string {
  const names: Readonly<Record<string, string>> = words.forecast.names;
  return method.split('+').map((one) => names[one] ?? one).join(' + ');
}
