import { englishPlural, russianPlural } from '../../words/plural';

const ru = {
  tab: 'Факторы',
  title: 'Что связано с высокой LTV',
  sentence: 'Какие признаки чаще встречаются у ценных клиентов. Это связь, а не причина.',
  names: { channel: 'Канал', manager: 'Менеджер', firstPurchase: 'Сумма первой покупки', pipeline: 'Воронка первой покупки' },
  companyField: (name: string) => `Поле компании: ${name}`, leadField: (name: string) => `Поле сделки: ${name}`,
  spread: (percent: string) => `Различие между значениями: около ${percent}`,
  level: 'Значение', effect: 'Дороже или дешевле обычного клиента', median: 'Медиана LTV', others: 'Остальные',
  clear: 'различие есть', unclear: 'может быть случайностью', noEffect: 'мало клиентов',
  effectText: 'Точка – на сколько процентов клиент с этим значением дороже или дешевле обычного, отрезок – где это лежит в 95 случаях из 100. Отрезок, который задевает ноль, ничего не доказывает.',
  interval: (low: string, high: string) => `от ${low} до ${high}`,
  range: (low: string, high: string) => `${low} – ${high}`,
  tooFew: 'Клиентов с этим признаком слишком мало, чтобы судить: нужно хотя бы 10 с покупками.',
  emptyTitle: 'Сравнивать пока нечего', empty: 'Признаки появятся, когда у клиентов будут покупки. Поля для сравнения администратор выбирает в настройках.',
  known: (clients: string) => `Известно о ${clients}`,
  inClients: russianPlural('клиенте', 'клиентах', 'клиентах'),
  told: { median: 'LTV клиента, стоящего посередине: половина клиентов с этим значением дороже, половина дешевле. Один крупный клиент её не сдвинет.' },
};

const en: typeof ru = {
  tab: 'Drivers',
  title: 'What goes with a high LTV',
  sentence: 'Which attributes valuable clients have more often. It is a link, not a cause.',
  names: { channel: 'Channel', manager: 'Manager', firstPurchase: 'Amount of the first purchase', pipeline: 'Pipeline of the first purchase' },
  companyField: (name) => `Field of the company: ${name}`, leadField: (name) => `Field of the lead: ${name}`,
  spread: (percent) => `Values differ by about ${percent}`,
  level: 'Value', effect: 'Worth more or less than a typical client', median: 'Median LTV', others: 'Others',
  clear: 'there is a difference', unclear: 'may be chance', noEffect: 'few clients',
  effectText: 'The dot is by how many percent a client with this value is worth more or less than a typical one, the line is where that lies in 95 cases of 100. A line that touches zero proves nothing.',
  interval: (low, high) => `from ${low} to ${high}`,
  range: (low, high) => `${low} – ${high}`,
  tooFew: 'Too few clients have this attribute to judge: at least 10 with purchases are needed.',
  emptyTitle: 'Nothing to compare yet', empty: 'Attributes appear when clients have purchases. An administrator chooses the fields to compare in the settings.',
  known: (clients) => `Known of ${clients}`,
  inClients: englishPlural('client', 'clients'),
  told: { median: 'LTV of the client in the middle: half of the clients with this value are worth more, half less. A single large client does not move it.' },
};

export const drivers = { ru, en };
