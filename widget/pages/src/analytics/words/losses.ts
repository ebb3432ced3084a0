const ru = {
  tab: 'Потери',
  title: 'Потери в воронке',
  sentence: 'На каких этапах и почему теряются сделки ценных клиентов за последние 12 месяцев.',
  lost: 'Потеряно сделок', lostText: 'Сделки, закрытые без продажи за эти 12 месяцев.',
  seen: 'Этап известен для', seenText: 'Этап, с которого потеряна сделка, сервис узнаёт из событий CRM. У давних сделок его могло никто не видеть.',
  weight: 'LTV клиентов', weightText: 'LTV клиента делится поровну между его потерянными сделками: клиент, который десять раз отказался, весит столько же, сколько отказавшийся один раз.',
  amount: 'Сумма сделок', leads: 'Сделок', clients: 'Клиентов',
  byStage: 'По этапам', byReason: 'По причинам', stage: 'Этап', reason: 'Причина', unseen: 'Этап неизвестен', noReason: 'Причина не указана',
  chart: 'Где теряется ценность', list: 'Потерянные сделки',
  emptyTitle: 'Потерь нет', empty: 'За 12 месяцев ни одна сделка не закрыта без продажи.',
  share: 'Доля',
  everyone: 'Все потерянные сделки',
  told: {
    leads: 'Сколько сделок потеряно. Нажмите на число, чтобы увидеть их.',
    amount: 'Сумма этих сделок, какой она была при закрытии.',
    clients: 'Сколько разных клиентов за этими сделками.',
    share: 'Доля этой строки в ценности всех потерь.',
  },
};

const en: typeof ru = {
  tab: 'Losses',
  title: 'Pipeline losses',
  sentence: 'At which stages and why the leads of valuable clients were lost in the last 12 months.',
  lost: 'Leads lost', lostText: 'Leads closed without a sale in these 12 months.',
  seen: 'Stage known for', seenText: 'The stage a lead was lost from comes from the CRM’s events. Of old leads nobody may have seen it.',
  weight: 'LTV of the clients', weightText: 'The LTV of a client is divided evenly over its lost leads: a client that refused ten times weighs as much as one that refused once.',
  amount: 'Amount of the leads', leads: 'Leads', clients: 'Clients',
  byStage: 'By stage', byReason: 'By reason', stage: 'Stage', reason: 'Reason', unseen: 'Stage not known', noReason: 'No reason given',
  chart: 'Where value is lost', list: 'Lost leads',
  emptyTitle: 'No losses', empty: 'Not a single lead was closed without a sale in 12 months.',
  share: 'Share',
  everyone: 'All lost leads',
  told: {
    leads: 'How many leads were lost. Press the number to see them.',
    amount: 'The amount of these leads as it stood when they were closed.',
    clients: 'How many different clients stand behind these leads.',
    share: 'What part of the value of all losses this line is.',
  },
};

export const losses = { ru, en };
