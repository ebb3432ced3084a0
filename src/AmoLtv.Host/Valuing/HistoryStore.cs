using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Settings;
using Npgsql;
using NpgsqlTypes;

namespace AmoLtv.Host.Valuing;

/// <summary>
/// Histories of customers: the database groups the verdicts, one row for each customer, and Core sums them by the rules it
/// has. Columns that the settings leave empty are not asked for.
/// </summary>
internal static class HistoryStore
{
    /// <summary>Customers of all three scopes, ordered by scope and id.</summary>
    /// <param name="connection">An open one.</param>
    /// <param name="account">The account.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="customers">Only these; null: all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<List<CustomerHistory>> ReadAsync(
        NpgsqlConnection connection,
        AccountId account,
        AccountSettings settings,
        IReadOnlyCollection<CustomerKey>? customers,
        CancellationToken cancellationToken)
    {
        var companies = new List<CustomerHistory>();
        var costs = await CompanyCostStore.ReadAsync(connection, account, settings.Cac, cancellationToken);
        await foreach (var (id, entries, _) in GroupsAsync(connection, account, settings, "company_id", Ids(customers, isContact: false), cancellationToken))
        {
            var history = CustomerHistory.Of(new CustomerKey(CustomerScope.Company, id), entries);
            companies.Add(costs.TryGetValue(id, out var cac) ? history with { StatedCac = cac } : history);
        }

        var (contacts, direct) = (new List<CustomerHistory>(), new List<CustomerHistory>());
        await foreach (var (id, entries, isDirect) in GroupsAsync(connection, account, settings, "contact_id", Ids(customers, isContact: true), cancellationToken))
        {
            if (Array.FindAll(entries, entry => isDirect.Contains(entry.Lead)) is { Length: > 0 } own)
            {
                direct.Add(CustomerHistory.Of(new CustomerKey(CustomerScope.DirectContact, id), own));
            }

            contacts.Add(CustomerHistory.Of(new CustomerKey(CustomerScope.Contact, id), entries));
        }

        foreach (var scope in (List<CustomerHistory>[])[companies, contacts, direct])
        {
            scope.Sort((one, other) => one.Key.Id.CompareTo(other.Key.Id));
        }

        return [.. companies, .. contacts, .. direct];
    }

    private static long[]? Ids(IReadOnlyCollection<CustomerKey>? customers, bool isContact) =>
        customers is null ? null : [.. customers.Where(key => key.Scope != CustomerScope.Company == isContact).Select(key => key.Id).Distinct()];

    /// <returns>Each customer's entries in no order, and which of the leads have no company.</returns>
    private static async IAsyncEnumerable<(long Id, HistoryEntry[] Entries, HashSet<long> Direct)> GroupsAsync(
        NpgsqlConnection connection,
        AccountId account,
        AccountSettings settings,
        string column,
        long[]? ids,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (ids is [])
        {
            yield break;
        }

        string If(bool isNeeded, string expression, string type) => isNeeded ? expression : $"null::{type}";
        await using var command = new NpgsqlCommand(
            $"""
            select {column}, array_agg(lead_id), array_agg(purchase_day),
                   array_agg(case kind when $2 then -amount else amount end),
                   {If(settings.Cost.Kind != CostKind.None, "array_agg(case kind when $2 then -cost else cost end)", "numeric[]")},
                   {If(settings.PeriodMonths is not null, "array_agg(is_in_period)", "boolean[]")},
                   {If(settings.Channel.Kind != ChannelKind.None, "array_agg(channel)", "text[]")},
                   {If(column == "contact_id", "array_agg(lead_id) filter (where company_id is null)", "bigint[]")}
            from lead_verdicts
            where account_id = $1 and kind in ($2, $3) and {column} is not null and ($4::bigint[] is null or {column} = any($4))
            group by {column}
            """,
            connection);
        command.Parameters.Add(new() { Value = account.Value });
        command.Parameters.Add(new() { Value = (short)VerdictKind.CreditNote });
        command.Parameters.Add(new() { Value = (short)VerdictKind.Purchase });
        command.Parameters.Add(new() { Value = (object?)ids ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            yield return (rows.GetInt64(0), ReadEntries(rows), rows.IsDBNull(7) ? [] : [.. rows.GetFieldValue<long[]>(7)]);
        }
    }

    private static HistoryEntry[] ReadEntries(NpgsqlDataReader row)
    {
        var leads = row.GetFieldValue<long[]>(1);
        var days = row.GetFieldValue<DateOnly[]>(2);
        var amounts = row.GetFieldValue<decimal[]>(3);
        var costs = row.IsDBNull(4) ? null : row.GetFieldValue<decimal?[]>(4);
        var isInPeriod = row.IsDBNull(5) ? null : row.GetFieldValue<bool[]>(5);
        var channels = row.IsDBNull(6) ? null : row.GetFieldValue<string?[]>(6);
        var entries = new HistoryEntry[leads.Length];
        for (var index = 0; index < entries.Length; index++)
        {
            entries[index] = new HistoryEntry(
                days[index], leads[index], amounts[index], costs?[index], isInPeriod?[index] ?? true, channels?[index]);
        }

        return entries;
    }
}
