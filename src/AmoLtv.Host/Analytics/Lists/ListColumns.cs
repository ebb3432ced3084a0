using AmoLtv.Host.Sheets;

namespace AmoLtv.Host.Analytics.Lists;

/// <summary>Columns of the lists as files. Names of people are not stored: their numbers stand, with a link to the card in the CRM.</summary>
internal static class ListColumns
{
    public static IReadOnlyList<CsvColumn<ClientItem>> Clients(Uri address) =>
    [
        new("Клиент", "Client", (row, l) => CsvCell.Text(row.Name.Length > 0 ? row.Name : $"#{row.Id}", l)),
        new("Карточка", "Card", (row, l) => CsvCell.Text(Card(address, row.Scope, row.Id), l)),
        new("Ответственный, номер", "Responsible user, number", (row, l) => CsvCell.Of(row.Responsible, l)),
        new("Уровень", "Tier", (row, l) => CsvCell.Text(row.Tier, l)),
        new("Ценность", "Value", (row, l) => CsvCell.Of(row.Value, l)),
        new("LTV", "LTV", (row, l) => CsvCell.Of(row.Ltv, l)),
        new("Куплено на сумму", "Bought to date", (row, l) => CsvCell.Of(row.Historical, l)),
        new("Выручка", "Revenue", (row, l) => CsvCell.Of(row.Revenue, l)),
        new("Покупок", "Purchases", (row, l) => CsvCell.Of((long?)row.Purchases, l)),
        new("Средний чек", "Average order value", (row, l) => CsvCell.Of(row.AverageOrderValue, l)),
        new("Покупок в год", "Purchases a year", (row, l) => CsvCell.Of(row.PurchasesPerYear, l)),
        new("Ожидается", "Expected", (row, l) => CsvCell.Of(row.Expected, l)),
        new("Ожидается, от", "Expected, from", (row, l) => CsvCell.Of(row.ExpectedLow, l)),
        new("Ожидается, до", "Expected, to", (row, l) => CsvCell.Of(row.ExpectedHigh, l)),
        new("Вероятность повторной покупки", "Repeat probability", (row, l) => CsvCell.Of(row.RepeatProbability, l)),
        new("Следующая покупка", "Next purchase", (row, _) => CsvCell.Of(row.NextPurchase)),
        new("Первая покупка", "First purchase", (row, _) => CsvCell.Of(row.FirstPurchase)),
        new("Последняя покупка", "Last purchase", (row, _) => CsvCell.Of(row.LastPurchase)),
        new("Группа RFM", "RFM group", (row, l) => CsvCell.Text(row.Rfm, l)),
        new("R", "R", (row, l) => CsvCell.Of((long?)row.Recency, l)),
        new("F", "F", (row, l) => CsvCell.Of((long?)row.Frequency, l)),
        new("M", "M", (row, l) => CsvCell.Of((long?)row.Monetary, l)),
        new("Состояние", "Life-cycle", (row, l) => CsvCell.Text(row.Lifecycle, l)),
        new("Канал", "Channel", (row, l) => CsvCell.Text(row.Channel, l)),
        new("CAC", "CAC", (row, l) => CsvCell.Of(row.Cac, l)),
        new("LTV:CAC", "LTV:CAC", (row, l) => CsvCell.Of(row.LtvToCac, l)),
        new("Окупаемость, мес.", "Payback, months", (row, l) => CsvCell.Of((long?)row.PaybackMonths, l)),
        new("Следующий уровень", "Next tier", (row, l) => CsvCell.Text(row.NextTier, l)),
        new("Не хватает до него", "Missing to it", (row, l) => CsvCell.Of(row.Missing, l)),
    ];

    public static IReadOnlyList<CsvColumn<LeadItem>> Leads(Uri address) =>
    [
        new("Сделка", "Lead", (row, l) => CsvCell.Of((long?)row.Id, l)),
        new("Карточка", "Card", (row, l) => CsvCell.Text(new Uri(address, $"/leads/detail/{row.Id}").ToString(), l)),
        new("Дата", "Day", (row, _) => CsvCell.Of(row.Day)),
        new("Сумма", "Amount", (row, l) => CsvCell.Of(row.Amount, l)),
        new("Ценность", "Value", (row, l) => CsvCell.Of(row.Value, l)),
        new("Ответственный, номер", "Responsible user, number", (row, l) => CsvCell.Of(row.Responsible, l)),
        new("Клиент", "Client", (row, l) => CsvCell.Text(string.IsNullOrEmpty(row.ClientName) && row.ClientId is { } id ? $"#{id}" : row.ClientName, l)),
        new("Карточка клиента", "Client's card", (row, l) => CsvCell.Text(row is { ClientScope: { } scope, ClientId: { } id } ? Card(address, scope, id) : null, l)),
        new("Ценность клиента", "Client's value", (row, l) => CsvCell.Of(row.ClientValue, l)),
        new("Воронка", "Pipeline", (row, l) => CsvCell.Text(row.Pipeline, l)),
        new("Этап", "Stage", (row, l) => CsvCell.Text(row.Stage, l)),
        new("Причина отказа", "Loss reason", (row, l) => CsvCell.Text(row.LossReason, l)),
    ];

    private static string Card(Uri address, int scope, long id) =>
        new Uri(address, scope == 1 ? $"/companies/detail/{id}" : $"/contacts/detail/{id}").ToString();
}
