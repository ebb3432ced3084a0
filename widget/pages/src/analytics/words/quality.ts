const ru = {
  tab: 'Качество данных',
  title: 'Качество данных',
  sentence: 'Что не попало в расчёт или посчитано с оговоркой, потому что в сделках чего-то не хватает, и сколько это в деньгах.',
  lost: 'Не вошло в суммы', lostText: 'Выигранные сделки без суммы, даты или клиента. Сделка без суммы принята за средний чек.',
  lostFormula: (leads: string, aov: string, money: string) => `без суммы: ${leads} × ${aov} = ${money}`,
  doubtful: 'Посчитано с оговоркой', doubtfulText: 'Покупки без компании считаются за контактом, покупки без себестоимости – по средней марже.',
  counted: 'Вошло в суммы', shareLost: (share: string) => `${share} от выручки`,
  kinds: {
    noAmount: 'Без суммы', noDate: 'Без даты покупки', noCustomer: 'Без компании и контакта', noCompany: 'Без компании', noCost: 'Без себестоимости',
  },
  steps: {
    noAmount: 'Заполните бюджет сделки или выберите другое поле суммы в настройках.',
    noDate: 'Закройте сделку или заполните поле с датой покупки.',
    noCustomer: 'Привяжите к сделке компанию или контакт.',
    noCompany: 'Привяжите компанию: сейчас сделка считается за контактом отдельно.',
    noCost: 'Заполните поле себестоимости.',
  },
  gap: 'Чего не хватает', money: 'В деньгах', step: 'Что сделать', estimated: 'оценка', inSums: 'в суммах есть', notInSums: 'в суммах нет',
  choices: 'Не считаются намеренно', choicesText: 'Эти сделки не входят в суммы по правилам из настроек.',
  reasons: {
    otherPipeline: 'Другая воронка', returned: 'Возврат', excludedByHand: 'Исключены вручную', outsidePeriod: 'Вне периода', deleted: 'Удалены', notWon: 'Не выиграны',
  },
  reason: 'Почему', chart: 'Сколько это в деньгах', withoutChannel: 'Клиенты без канала',
  withoutChannelText: 'Их нет в сравнении каналов.',
  list: 'Сделки', allGood: 'Всё заполнено: ни одна выигранная сделка не потеряна.',
  listNow: 'Список показывает сделки на сейчас: исправленная сделка исчезнет из него после следующего пересчёта.',
  countedText: 'Выручка всех покупок, которые вошли в расчёт. Рядом – сколько это покупок и из скольких выигранных сделок.',
  told: {
    leads: 'Сколько сделок. Нажмите на число, чтобы увидеть их.',
    money: 'Сумма этих сделок. Если в них самих суммы нет, взят средний чек.',
  },
};

const en: typeof ru = {
  tab: 'Data quality',
  title: 'Data quality',
  sentence: 'What is not in the sums, or counts with a doubt, since something is missing on leads, and what that is in money.',
  lost: 'Left out of the sums', lostText: 'Won leads without an amount, a date or a client. A lead without an amount is taken for the average order value.',
  lostFormula: (leads, aov, money) => `without an amount: ${leads} × ${aov} = ${money}`,
  doubtful: 'Counted with a doubt', doubtfulText: 'Purchases without a company count for the contact, purchases without a cost at the mean margin.',
  counted: 'In the sums', shareLost: (share) => `${share} of the revenue`,
  kinds: {
    noAmount: 'No amount', noDate: 'No date of purchase', noCustomer: 'No company and no contact', noCompany: 'No company', noCost: 'No cost',
  },
  steps: {
    noAmount: 'Fill in the lead’s price, or choose another field of the amount in the settings.',
    noDate: 'Close the lead, or fill in the field with the date of purchase.',
    noCustomer: 'Link a company or a contact to the lead.',
    noCompany: 'Link the company: the lead now counts for the contact apart.',
    noCost: 'Fill in the field of the cost.',
  },
  gap: 'What is missing', money: 'In money', step: 'What to do', estimated: 'estimate', inSums: 'in the sums', notInSums: 'not in the sums',
  choices: 'Left out on purpose', choicesText: 'These leads are not in the sums by the rules of the settings.',
  reasons: {
    otherPipeline: 'Other pipeline', returned: 'Returned', excludedByHand: 'Excluded by hand', outsidePeriod: 'Outside the period', deleted: 'Deleted', notWon: 'Not won',
  },
  reason: 'Why', chart: 'What it is in money', withoutChannel: 'Clients without a channel',
  withoutChannelText: 'They are missing from the comparison of channels.',
  list: 'Leads', allGood: 'Everything is filled in: not a single won lead is lost.',
  listNow: 'The list shows the leads of now: a corrected lead leaves it after the next recalculation.',
  countedText: 'Revenue of all purchases that count, with how many purchases that is and of how many won leads.',
  told: {
    leads: 'How many leads. Press the number to see them.',
    money: 'Amount of these leads. Where they have none, the average order value is taken.',
  },
};

export const quality = { ru, en };
