using AmoLtv.Core.Identity;
using AmoLtv.Host.Installing;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Callers;

/// <summary>Reads what every page shows at its edge.</summary>
public sealed class MeReader(NpgsqlDataSource database, ConnectionReport connections)
{
    /// <returns>Null where the account was erased a moment ago.</returns>
    public async Task<MeAnswer?> ReadAsync(Caller caller, CancellationToken cancellationToken)
    {
        return await FindAsync(caller.Account, cancellationToken) is { } row && await connections.ReadAsync(caller.Account, cancellationToken) is { } state
            ? Compose(caller, row, state)
            : null;
    }

    private async Task<Row?> FindAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            """
            select a.name, a.base_uri, a.brand, a.currency, a.currency_symbol, a.time_zone,
                   valued.basis, valued.as_of, valued.calculated_at
            from accounts a
            left join lateral (
                select n.numbers ->> 'basis' as basis, n.as_of, n.calculated_at
                from account_values n
                where n.account_id = a.account_id
                order by n.run_id desc
                limit 1) valued on true
            where a.account_id = @Account
            """,
            new { Account = account.Value },
            cancellationToken: cancellationToken));
    }

    private static MeAnswer Compose(Caller caller, Row row, ConnectionAnswer connection) => new(
        new MeAnswer.AccountPart(caller.Account.Value, row.Name, row.BaseUri, row.Brand, row.Currency, row.CurrencySymbol, row.TimeZone),
        new MeAnswer.UserPart(caller.User.Value),
        caller.Role,
        row.Basis,
        row.AsOf,
        row.CalculatedAt is { } moment ? new DateTimeOffset(moment) : null,
        new MeAnswer.ConnectionPart(connection.Code, connection.IsWorking));

    private sealed class Row
    {
        public required string Name { get; init; }

        public required string BaseUri { get; init; }

        public required string Brand { get; init; }

        public required string Currency { get; init; }

        public required string CurrencySymbol { get; init; }

        public required string TimeZone { get; init; }

        public string? Basis { get; init; }

        public DateOnly? AsOf { get; init; }

        public DateTime? CalculatedAt { get; init; }
    }
}
