using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Analytics.Answers;

/// <summary>Reads the clients of one responsible user, as the last analysis saw them.</summary>
internal sealed class OwnClientStore(NpgsqlDataSource database)
{
    public async Task<IReadOnlyList<OwnClient>> ReadAsync(AccountId account, UserId user, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return
        [
            .. await connection.QueryAsync<OwnClient>(new CommandDefinition(
                """
                select scope::int as scope, customer_id as id, value, historical_ltv as historical, expected_value as expected, tier, rfm_group as rfm,
                       rfm_recency::int as recency, rfm_frequency::int as frequency, lifecycle, next_tier
                from analysed_clients where account_id = @Account and responsible_user_id = @User
                """,
                new { Account = account.Value, User = user.Value },
                cancellationToken: cancellationToken)),
        ];
    }
}
