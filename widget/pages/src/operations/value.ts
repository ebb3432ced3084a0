import type { Format } from '../format';

const NUMBER = /^-?\d{1,15}(\.\d+)?$/;

/** A value of a custom field as a reader knows it: numbers with spaces, days as days; the CRM's text otherwise. */
export function fieldText(value: string | null, type: string | null, format: Format): string | null {
  if (value === null || value === '') return null;
  if ((type === 'date' || type === 'date_time') && /^-?\d{1,11}$/.test(value)) {
    const moment = new Date(Number(value) * 1000).toISOString();
    return type === 'date' ? format.moment(moment).split(',')[0] ?? value : format.moment(moment);
  }
  return (type === 'numeric' || type === 'monetary' || type === 'price') && NUMBER.test(value) ? format.number(Number(value), 2) : value;
}
