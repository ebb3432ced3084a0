using AmoLtv.Core.Purchases;
using AmoLtv.Host.Running;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace AmoLtv.Host.Valuing;

/// <summary>Verdicts on leads: staged in a temporary table of one connection, summed there, then merged by their differences.</summary>
internal static class VerdictStore
{
    /// <summary>Writes the verdicts as they come; memory does not grow with their number.</summary>
    public static async Task StageAsync(NpgsqlConnection connection, IAsyncEnumerable<LeadVerdict> verdicts, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(new CommandDefinition(
            """
            drop table if exists staged_verdicts;
            create temporary table staged_verdicts (
                lead_id bigint primary key, kind smallint not null, reason text, purchase_day date, amount numeric, cost numeric,
                company_id bigint, contact_id bigint, channel text, is_in_period boolean not null);
            """,
            cancellationToken: cancellationToken));
        await using (var importer = await connection.BeginBinaryImportAsync(
            """
            copy staged_verdicts (lead_id, kind, reason, purchase_day, amount, cost, company_id, contact_id, channel, is_in_period)
            from stdin (format binary)
            """,
            cancellationToken))
        {
            await foreach (var verdict in verdicts.WithCancellation(cancellationToken))
            {
                await WriteAsync(importer, verdict, cancellationToken);
            }

            await importer.CompleteAsync(cancellationToken);
        }

        await connection.ExecuteAsync(new CommandDefinition("analyze staged_verdicts", cancellationToken: cancellationToken));
    }

    /// <summary>Day of the account's last purchase, null where it has none.</summary>
    public static Task<DateOnly?> LastPurchaseAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        connection.ExecuteScalarAsync<DateOnly?>(new CommandDefinition(
            "select max(purchase_day) from staged_verdicts where kind = @Purchase",
            new { Purchase = (short)VerdictKind.Purchase },
            cancellationToken: cancellationToken));

    /// <summary>The set's form of <see cref="LeadVerdict.Within"/>: the period's first day is known only now.</summary>
    public static Task ApplyPeriodAsync(NpgsqlConnection connection, DateOnly periodStart, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            update staged_verdicts set reason = @Reason, is_in_period = false
            where kind <> @Excluded and purchase_day < @PeriodStart
            """,
            new { Reason = EnumText.Of(ExclusionReason.OutsidePeriod), Excluded = (short)VerdictKind.Excluded, PeriodStart = periodStart },
            cancellationToken: cancellationToken));

    /// <summary>The staged leads counted, the set's form of <see cref="LeadTotals.Of"/>.</summary>
    public static async Task<LeadTotals> TotalsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var rows = (await connection.QueryAsync<TotalsRow>(new CommandDefinition(
            """
            select kind, reason, count(*)::int as leads, coalesce(sum(amount), 0) as amount,
                   count(contact_id)::int as leads_with_contact,
                   coalesce(sum(amount) filter (where contact_id is not null), 0) as amount_with_contact
            from staged_verdicts
            group by kind, reason
            """,
            cancellationToken: cancellationToken))).ToList();
        var summed = rows.FindAll(row => row.Reason is null);
        var purchases = summed.FindAll(row => row.Kind == (short)VerdictKind.Purchase);
        var credits = summed.FindAll(row => row.Kind == (short)VerdictKind.CreditNote);
        return new LeadTotals(
            rows.Sum(row => row.Leads),
            purchases.Sum(row => row.Leads),
            credits.Sum(row => row.Leads),
            purchases.Sum(row => row.Amount) - credits.Sum(row => row.Amount),
            purchases.Sum(row => row.LeadsWithContact),
            purchases.Sum(row => row.AmountWithContact) - credits.Sum(row => row.AmountWithContact),
            new SortedDictionary<ExclusionReason, int>(rows.Where(row => row.Reason is not null)
                .GroupBy(row => EnumText.Read<ExclusionReason>(row.Reason!), row => row.Leads)
                .ToDictionary(group => group.Key, group => group.Sum())));
    }

    /// <summary>Brings <c>lead_verdicts</c> to what is staged; rows that do not differ are not touched.</summary>
    /// <returns>How many verdicts changed.</returns>
    public static Task<int> MergeAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, RunContext run, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            delete from lead_verdicts verdict
            where verdict.account_id = @Account
              and not exists (select from staged_verdicts staged where staged.lead_id = verdict.lead_id);

            insert into lead_verdicts as verdict
                (account_id, lead_id, kind, reason, purchase_day, amount, cost, company_id, contact_id, channel, is_in_period)
            select @Account, lead_id, kind, reason, purchase_day, amount, cost, company_id, contact_id, channel, is_in_period
            from staged_verdicts
            on conflict (account_id, lead_id) do update set
                kind = excluded.kind, reason = excluded.reason, purchase_day = excluded.purchase_day, amount = excluded.amount,
                cost = excluded.cost, company_id = excluded.company_id, contact_id = excluded.contact_id,
                channel = excluded.channel, is_in_period = excluded.is_in_period
            where (verdict.kind, verdict.reason, verdict.purchase_day, verdict.amount, verdict.cost,
                   verdict.company_id, verdict.contact_id, verdict.channel, verdict.is_in_period)
                is distinct from
                  (excluded.kind, excluded.reason, excluded.purchase_day, excluded.amount, excluded.cost,
                   excluded.company_id, excluded.contact_id, excluded.channel, excluded.is_in_period);
            """,
            new { Account = run.Account.Value },
            transaction,
            cancellationToken: cancellationToken));

    private static async Task WriteAsync(NpgsqlBinaryImporter importer, LeadVerdict verdict, CancellationToken cancellationToken)
    {
        await importer.StartRowAsync(cancellationToken);
        await importer.WriteAsync(verdict.Lead.Value, NpgsqlDbType.Bigint, cancellationToken);
        await importer.WriteAsync((short)verdict.Kind, NpgsqlDbType.Smallint, cancellationToken);
        await importer.AddAsync(verdict.Reason is { } reason ? EnumText.Of(reason) : null, cancellationToken);
        await importer.AddAsync(verdict.Day, NpgsqlDbType.Date, cancellationToken);
        await importer.AddAsync(verdict.Amount, NpgsqlDbType.Numeric, cancellationToken);
        await importer.AddAsync(verdict.Cost, NpgsqlDbType.Numeric, cancellationToken);
        await importer.AddAsync(verdict.Company?.Value, NpgsqlDbType.Bigint, cancellationToken);
        await importer.AddAsync(verdict.Contact?.Value, NpgsqlDbType.Bigint, cancellationToken);
        await importer.AddAsync(verdict.Channel, cancellationToken);
        await importer.WriteAsync(verdict.IsInPeriod, NpgsqlDbType.Boolean, cancellationToken);
    }

    private sealed class TotalsRow
    {
        public required short Kind { get; init; }

        public string? Reason { get; init; }

        public required int Leads { get; init; }

        public required decimal Amount { get; init; }

        public required int LeadsWithContact { get; init; }

        public required decimal AmountWithContact { get; init; }
    }
}
