using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Analytics.Answers;

/// <summary>Reads what the clients of an account can be narrowed to.</summary>
internal sealed class FilterStore(NpgsqlDataSource database)
{
    private const int Most = 500;

    public async Task<(IReadOnlyList<string> Channels, IReadOnlyList<long?> Managers)> ReadAsync(
        AccountId account, UserId? own, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var parameters = new { Account = account.Value, Own = own?.Value, Most };
        var channels = await connection.QueryAsync<string>(new CommandDefinition(
            """
            select min(trim(channel)) from analysed_clients
            where account_id = @Account and channel_key is not null and (@Own::bigint is null or responsible_user_id = @Own)
            group by channel_key order by count(*) desc, channel_key limit @Most
            """,
            parameters, cancellationToken: cancellationToken));
        var managers = await connection.QueryAsync<long?>(new CommandDefinition(
            """
            select responsible_user_id from analysed_clients
            where account_id = @Account and (@Own::bigint is null or responsible_user_id = @Own)
            group by responsible_user_id order by count(*) desc, responsible_user_id limit @Most
            """,
            parameters, cancellationToken: cancellationToken));
        return ([.. channels], [.. managers]);
    }
}
