import { expect, test } from 'vitest';
import { createFormat } from '../../src/format';
import { differences, valueInWords } from '../../src/settings/describe';
import { allKeys } from '../../src/settings/keys';
import { settingsWords } from '../../src/settings/words';
import { trailLines } from '../../src/settings/versions/trail';
import { shellWords, type Language } from '../../src/words';
import { catalog, defaults, hostile } from './defaults';

function telling(language: Language) {
  const words = shellWords[language];
  return {
    words: settingsWords[language], count: words.count, catalog,
    format: createFormat({ language, words, currency: { code: 'RUB', symbol: '₽' }, timeZone: 'Europe/Moscow' }),
  };
}

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

test('A difference is told in Russian words with both values', () => {
  const to = { ...defaults, horizonMonths: 24, periodMonths: 6, cost: { kind: 'field', field: 7, marginPercent: null } as const, headline: 'total' as const };

  expect(differences(defaults, to, telling('ru')).map(({ name, from, to: after }) => plain(`${name}: ${from} → ${after}`))).toEqual([
    'Период: вся история → последние 6 месяцев',
    'Себестоимость: не учитывать, LTV по выручке → из поля сделки',
    'Поле с себестоимостью: нет → Себестоимость',
    'Горизонт прогноза: 12 месяцев → 24 месяца',
    'Главная цифра: LTV по формуле → LTV с прогнозом',
  ]);
});

test('A difference is told in English words', () => {
  const to = { ...defaults, lifetime: { ...defaults.lifetime, fixedYears: 1.5 } };

  expect(differences(defaults, to, telling('en')).map(({ name, from, to: after }) => plain(`${name}: ${from} → ${after}`))).toEqual([
    'Relationship length set by you: estimated from the account → 1.5 years',
  ]);
});

test('A stage is told by its pipeline, the two of every pipeline by their usual names', () => {
  const settings = { ...defaults, returns: [{ stage: { pipeline: 1, status: 143 }, kind: 'creditNote' as const }], wonStages: { pipelines: [1], extraStages: [{ pipeline: 1, status: 300 }] } };

  expect(valueInWords('returns', settings, telling('ru'))).toBe('Продажи → Закрыто и не реализовано (сумма вычитается)');
  expect(valueInWords('wonStages.extraStages', settings, telling('ru'))).toBe('Продажи → Оплата');
});

test('What the CRM no longer has is told by its number', () => {
  const settings = { ...defaults, amountField: 99, wonStages: { pipelines: [], extraStages: [{ pipeline: 5, status: 6 }] } };

  expect(plain(valueInWords('amountField', settings, telling('ru')))).toBe('поле № 99, его больше нет в CRM');
  expect(valueInWords('wonStages.extraStages', settings, telling('ru'))).toBe('этап 5:6, его больше нет в CRM');
});

test('A hostile name stays the text it is', () => {
  const settings = { ...defaults, wonStages: { pipelines: [2], extraStages: [{ pipeline: 2, status: 142 }] } };

  expect(valueInWords('wonStages.pipelines', settings, telling('ru'))).toBe(hostile);
  expect(valueInWords('wonStages.extraStages', settings, telling('en'))).toBe(`${hostile} → ${hostile}`);
});

test('Every setting has words for its default in both languages', () => {
  for (const language of ['ru', 'en'] as const) {
    for (const key of allKeys) expect(valueInWords(key, defaults, telling(language)), `${language} ${key}`).not.toMatch(/^$|undefined|null|NaN/);
  }
});

test('A trace of other changes names only what changed', () => {
  expect(trailLines({ isEnabled: false, dailyCap: 20, same: 1 }, { isEnabled: true, dailyCap: 5, same: 1 }, settingsWords.ru)).toEqual([
    { name: 'задачи включены', from: 'нет', to: 'да' },
    { name: 'задач в день', from: '20', to: '5' },
  ]);
  expect(trailLines({ fields: ['a', 'b'] }, { fields: ['b', hostile] }, settingsWords.ru)).toEqual([{ name: 'поля', from: 'a', to: hostile }]);
});
