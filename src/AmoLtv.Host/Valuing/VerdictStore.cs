using AmoLtv.Core.Identity;
using AmoLtv.Core.Purchases;
using AmoLtv.Host.Running;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace AmoLtv.Host.Valuing;

/// <summary>Verdicts on leads: staged in a temporary table of one connection, then merged by their differences.</summary>
internal static class VerdictStore
{
    private static readonly string MergeSql = ValuingSql.Read("merge_verdicts");

    /// <summary>Writes the verdicts as they come; memory does not grow with their number.</summary>
    /// <param name="connection">An open one, which keeps the staging table.</param>
    /// <param name="verdicts">Each with whether its lead itself changed since the stored verdicts.</param>
    /// <param name="cancellationToken">Ends the staging.</param>
    public static async Task StageAsync(
        NpgsqlConnection connection, IAsyncEnumerable<(LeadVerdict Verdict, bool IsTouched)> verdicts, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(new CommandDefinition(
            """
            drop table if exists staged_verdicts;
            create temporary table staged_verdicts (
                lead_id bigint, kind smallint not null, reason text, purchase_day date, amount numeric, cost numeric,
                company_id bigint, contact_id bigint, channel text, is_in_period boolean not null, is_touched boolean not null);
            """,
            cancellationToken: cancellationToken));
        await using (var importer = await connection.BeginBinaryImportAsync(
            """
            copy staged_verdicts (lead_id, kind, reason, purchase_day, amount, cost, company_id, contact_id, channel, is_in_period, is_touched)
            from stdin (format binary)
            """,
            cancellationToken))
        {
            await foreach (var (verdict, isTouched) in verdicts.WithCancellation(cancellationToken))
            {
                await WriteAsync(importer, verdict, cancellationToken);
                await importer.WriteAsync(isTouched, NpgsqlDbType.Boolean, cancellationToken);
            }

            await importer.CompleteAsync(cancellationToken);
        }

        await connection.ExecuteAsync(new CommandDefinition("analyze staged_verdicts", cancellationToken: cancellationToken));
    }

    /// <summary>What the stored verdicts stand for; null where there are none.</summary>
    public static async Task<VerdictState?> FindStateAsync(NpgsqlConnection connection, AccountId account, CancellationToken cancellationToken)
    {
        var row = await connection.QuerySingleOrDefaultAsync<(long Run, string Basis, DateOnly LastDay)?>(new CommandDefinition(
            "select run_id, basis, last_day from verdict_states where account_id = @Account",
            new { Account = account.Value },
            cancellationToken: cancellationToken));
        return row is { } state ? new VerdictState(new RunId(state.Run), state.Basis, state.LastDay) : null;
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

    /// <summary>The leads counted, the set's form of <see cref="LeadTotals.Of"/>.</summary>
    public static async Task<LeadTotals> TotalsAsync(NpgsqlConnection connection, AccountId account, CancellationToken cancellationToken)
    {
        var rows = (await connection.QueryAsync<TotalsRow>(new CommandDefinition(
            "select kind, reason, leads, amount, leads_with_contact, amount_with_contact from verdict_totals where account_id = @Account",
            new { Account = account.Value },
            cancellationToken: cancellationToken))).ToList();
        var summed = rows.FindAll(row => row.Reason.Length == 0);
        var purchases = summed.FindAll(row => row.Kind == (short)VerdictKind.Purchase);
        var credits = summed.FindAll(row => row.Kind == (short)VerdictKind.CreditNote);
        return new LeadTotals(
            (int)rows.Sum(row => row.Leads),
            (int)purchases.Sum(row => row.Leads),
            (int)credits.Sum(row => row.Leads),
            purchases.Sum(row => row.Amount) - credits.Sum(row => row.Amount),
            (int)purchases.Sum(row => row.LeadsWithContact),
            purchases.Sum(row => row.AmountWithContact) - credits.Sum(row => row.AmountWithContact),
            new SortedDictionary<ExclusionReason, int>(rows.Where(row => row.Reason.Length > 0)
                .GroupBy(row => EnumText.Read<ExclusionReason>(row.Reason), row => (int)row.Leads)
                .ToDictionary(group => group.Key, group => group.Sum())));
    }

    /// <summary>How many companies and contacts have leads that count.</summary>
    public static Task<long> CustomersAsync(NpgsqlConnection connection, AccountId account, CancellationToken cancellationToken) =>
        connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "select count(distinct company_id) + count(distinct contact_id) from lead_verdicts where account_id = @Account and kind <> @Excluded",
            new { Account = account.Value, Excluded = (short)VerdictKind.Excluded },
            cancellationToken: cancellationToken));

    /// <summary>
    /// Brings <c>lead_verdicts</c> to what is staged, rows that do not differ are not touched; notes whose results that makes
    /// stale, and keeps the totals in step: all in the caller's transaction.
    /// </summary>
    /// <returns>How many verdicts changed.</returns>
    public static Task<int> MergeAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, RunContext run, VerdictScope scope, VerdictState state, CancellationToken cancellationToken) =>
        connection.ExecuteScalarAsync<int>(new CommandDefinition(
            MergeSql,
            new
            {
                Account = run.Account.Value,
                Run = state.Run.Value,
                state.Basis,
                state.LastDay,
                scope.IsWhole,
                IsFirst = scope.Since is null,
                scope.IsBasisNew,
                Purchase = (short)VerdictKind.Purchase,
                CreditNote = (short)VerdictKind.CreditNote,
            },
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

        public required string Reason { get; init; }

        public required long Leads { get; init; }

        public required decimal Amount { get; init; }

        public required long LeadsWithContact { get; init; }

        public required decimal AmountWithContact { get; init; }
    }
}
