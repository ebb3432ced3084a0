using System.Globalization;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Settings;
using AmoLtv.Host.Database;
using Npgsql;

namespace AmoLtv.Host.Valuing;

/// <summary>
/// Histories of customers from the verdicts. Rows come as the table has them and are grouped here: the database would spend
/// longer on building arrays than on sending a million narrow rows. Columns that the settings leave empty are not asked for.
/// </summary>
internal static class HistoryStore
{
    /// <summary>Customers of all three scopes, ordered by scope and id.</summary>
    /// <param name="connection">An open one.</param>
    /// <param name="account">The account.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="customers">Only these; null: all.</param>
    /// <param name="leads">How many leads count.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<List<CustomerHistory>> ReadAsync(
        NpgsqlConnection connection,
        AccountId account,
        AccountSettings settings,
        IReadOnlyCollection<CustomerKey>? customers,
        LeadTotals leads,
        CancellationToken cancellationToken)
    {
        var companies = new HistoryGroups(CustomerScope.Company, Ids(CustomerScope.Company, customers), customers is null ? Math.Max(0, leads.Purchases + leads.CreditNotes) : 0);
        var contacts = new HistoryGroups(CustomerScope.Contact, Ids(CustomerScope.Contact, customers));
        var direct = new HistoryGroups(CustomerScope.DirectContact, Ids(CustomerScope.DirectContact, customers));
        await using (var stream = await connection.BeginRawBinaryCopyAsync(Sql(account, settings, customers), cancellationToken))
        {
            var rows = new CopyRowReader(stream);
            while (await rows.ReadAsync(cancellationToken))
            {
                Add(rows, companies, contacts, direct);
            }
        }

        var costs = await CompanyCostStore.ReadAsync(connection, account, settings.Cac, cancellationToken);
        return [.. companies.ToHistories().Select(WithCost), .. contacts.ToHistories(), .. direct.ToHistories()];

        CustomerHistory WithCost(CustomerHistory history) =>
            costs.TryGetValue(history.Key.Id, out var cac) ? history with { StatedCac = cac } : history;
    }

    private static void Add(CopyRowReader row, HistoryGroups companies, HistoryGroups contacts, HistoryGroups direct)
    {
        var entry = ReadEntry(row);
        if (!row.IsNull(0))
        {
            companies.Add(row.GetInt64(0), entry);
        }

        if (!row.IsNull(1))
        {
            contacts.Add(row.GetInt64(1), entry);
            if (row.IsNull(0))
            {
                direct.Add(row.GetInt64(1), entry);
            }
        }
    }

    private static HashSet<long>? Ids(CustomerScope scope, IReadOnlyCollection<CustomerKey>? customers) =>
        customers?.Where(key => key.Scope == scope).Select(key => key.Id).ToHashSet();

    private static string Sql(AccountId account, AccountSettings settings, IReadOnlyCollection<CustomerKey>? customers)
    {
        static string If(bool isNeeded, string column, string type) => isNeeded ? column : $"null::{type}";

        // A COPY takes no parameters; numbers of ours are all that stands in it.
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            copy (
                select company_id, contact_id, purchase_day, case kind when {(short)VerdictKind.CreditNote} then -amount else amount end,
                       {If(settings.Cost.Kind != CostKind.None, $"case kind when {(short)VerdictKind.CreditNote} then -cost else cost end", "numeric")},
                       {If(settings.PeriodMonths is not null, "is_in_period", "boolean")},
                       {If(settings.Channel.Kind != ChannelKind.None, "lead_id", "bigint")},
                       {If(settings.Channel.Kind != ChannelKind.None, "channel", "text")}
                from lead_verdicts
                where account_id = {account.Value} and kind in ({(short)VerdictKind.Purchase}, {(short)VerdictKind.CreditNote}){Only(customers)}
            ) to stdout (format binary)
            """);
    }

    private static string Only(IReadOnlyCollection<CustomerKey>? customers)
    {
        string Ids(Func<CustomerKey, bool> isMeant) =>
            string.Join(',', customers.Where(isMeant).Select(key => key.Id.ToString(CultureInfo.InvariantCulture)).Distinct(StringComparer.Ordinal));

        return customers is null
            ? ""
            : $" and (company_id = any('{{{Ids(key => key.Scope == CustomerScope.Company)}}}') or contact_id = any('{{{Ids(key => key.Scope != CustomerScope.Company)}}}'))";
    }

    private static HistoryEntry ReadEntry(CopyRowReader row) => new(
        row.GetDate(2),
        row.IsNull(6) ? 0 : row.GetInt64(6),
        row.GetDecimal(3),
        row.IsNull(4) ? null : row.GetDecimal(4),
        row.IsNull(5) || row.GetBoolean(5),
        row.IsNull(7) ? null : row.GetWord(7));
}
