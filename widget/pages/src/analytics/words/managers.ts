const ru = {
  tab: 'Менеджеры',
  title: 'Менеджеры',
  sentence: 'Кто выиграл сделки, чьи клиенты выросли и кто сегодня держит ценных клиентов.',
  period: (from: string, to: string) => `${from} – ${to}`,
  won: 'Выиграл', wonText: 'Покупки за 12 месяцев по сделкам, где менеджер был ответственным.',
  purchases: 'Покупок',
  grew: 'Вырастил', grewText: 'На сколько больше, чем за 12 месяцев до того, купили клиенты, которые сегодня за менеджером, кто бы им ни продал.',
  fromNew: 'в том числе новые', known: 'Прирост прежних',
  holds: 'Держит', holdsText: 'Ценность клиентов, за которых менеджер отвечает сегодня.',
  slipping: 'Под угрозой', slippingText: 'Ценность его клиентов, которые ускользают или давно не покупали.',
  chart: 'Выиграно и удерживается', wonList: 'Покупки, которые выиграл', showWon: 'Покупки',
  emptyTitle: 'Менеджеров пока не видно', empty: 'Они появятся, когда у сделок или клиентов будут ответственные.',
  told: {
    purchases: 'Сколько покупок по этим сделкам.',
    fromNew: 'Часть прироста от клиентов, которые впервые купили за эти 12 месяцев.',
    known: 'На сколько больше или меньше купили клиенты, которые покупали и раньше.',
    clients: 'Сколько клиентов сегодня за менеджером.',
  },
};

const en: typeof ru = {
  tab: 'Managers',
  title: 'Managers',
  sentence: 'Who won the leads, whose clients grew, and who holds valuable clients today.',
  period: (from, to) => `${from} – ${to}`,
  won: 'Won', wonText: 'Purchases of 12 months whose leads the manager was responsible for.',
  purchases: 'Purchases',
  grew: 'Grew', grewText: 'How much more than in the 12 months before the manager’s clients of today bought, whoever sold it.',
  fromNew: 'of that, new ones', known: 'Growth of known ones',
  holds: 'Holds', holdsText: 'Value of the clients the manager is responsible for today.',
  slipping: 'At risk', slippingText: 'Value of the manager’s clients that are slipping or dormant.',
  chart: 'Won and held', wonList: 'Purchases won by', showWon: 'Purchases',
  emptyTitle: 'No managers yet', empty: 'They appear when leads or clients have somebody responsible.',
  told: {
    purchases: 'How many purchases those leads are.',
    fromNew: 'The part of the growth that comes from clients whose first purchase was in these 12 months.',
    known: 'How much more or less the clients bought that had bought before.',
    clients: 'How many clients the manager has today.',
  },
};

export const managers = { ru, en };
