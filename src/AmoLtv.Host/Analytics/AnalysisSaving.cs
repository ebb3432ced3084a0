using AmoLtv.Core.Purchases;
using AmoLtv.Host.Analytics.Products;
using AmoLtv.Host.Running;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Analytics;

/// <summary>Keeps all that a run found in one fenced transaction, so that a page never shows a figure beside another run's list.</summary>
internal sealed class AnalysisSaving(NpgsqlDataSource database)
{
    /// <summary>Of a base of a hundred thousand clients, with room to spare.</summary>
    internal const int TimeoutSeconds = 300;

    public async Task SaveAsync(
        AnalysedBase analysed, IReadOnlyDictionary<string, string> documents, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var account = analysed.Account;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunFence.CheckAsync(connection, transaction, account.Run, cancellationToken);
        await AnalysisStore.SaveAsync(transaction, account.Run, documents, now, cancellationToken);
        var digests = new ClientDigests(analysed);
        var differences = await ClientDifferences.FindAsync(connection, analysed, digests, cancellationToken);
        await ClientKeeping.SaveAsync(connection, analysed, digests, differences, cancellationToken);
        await ProductKeeping.SaveAsync(connection, analysed, differences, cancellationToken);
        await LeadKeeping.SaveAsync(connection, analysed, cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            DaySql,
            new { Account = account.Id.Value, Run = account.Run.Run.Value, Day = AccountDays.DayOf(now, account.Zone) },
            transaction, TimeoutSeconds, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }

    private const string DaySql =
        """
        insert into base_days (account_id, day, run_id, clients, value, historical, expected)
        select @Account, @Day, @Run, count(*), coalesce(sum(value), 0), coalesce(sum(historical_ltv), 0), sum(expected_value)
        from analysed_clients where account_id = @Account
        on conflict (account_id, day) do update
        set run_id = excluded.run_id, clients = excluded.clients, value = excluded.value, historical = excluded.historical, expected = excluded.expected
        """;
}
