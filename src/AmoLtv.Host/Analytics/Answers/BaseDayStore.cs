using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Analytics.Answers;

/// <summary>Reads the base day by day.</summary>
internal sealed class BaseDayStore(NpgsqlDataSource database)
{
    private const int MostDays = 800;

    /// <summary>The newest days, the oldest of them first.</summary>
    public async Task<IReadOnlyList<BaseDay>> ReadAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var days = await connection.QueryAsync<BaseDay>(new CommandDefinition(
            """
            select day as "Day", clients as "Clients", value::numeric as "Value", historical::numeric as "Historical", expected::numeric as "Expected"
            from base_days where account_id = @Account order by day desc limit @MostDays
            """,
            new { Account = account.Value, MostDays },
            cancellationToken: cancellationToken));
        return [.. days.Reverse()];
    }
}
