using AmoLtv.Core.Identity;
using AmoLtv.Core.Valuation;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Settings;

/// <summary>What the channels of an account cost, by month.</summary>
public sealed class ChannelSpendStore(NpgsqlDataSource database)
{
    /// <summary>Enters spend; a channel and month already known gets the new amount. All or nothing.</summary>
    public async Task SaveAsync(AccountId account, IReadOnlyCollection<ChannelSpend> spend, bool replacesAll, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            delete from channel_spend where account_id = @Account and @ReplacesAll;

            insert into channel_spend (account_id, channel, month, amount)
            select @Account, channel, month, amount
            from unnest(@Channels, @Months, @Amounts) entered (channel, month, amount)
            on conflict (account_id, channel, month) do update set amount = excluded.amount
            """,
            new
            {
                Account = account.Value,
                ReplacesAll = replacesAll,
                Channels = spend.Select(row => row.Channel).ToArray(),
                Months = spend.Select(row => row.Month).ToArray(),
                Amounts = spend.Select(row => row.Amount).ToArray(),
            },
            transaction,
            cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>All that is entered, by channel, then month.</summary>
    public async Task<IReadOnlyList<ChannelSpend>> ListAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Channel, DateOnly Month, decimal Amount)>(new CommandDefinition(
            "select channel, month, amount from channel_spend where account_id = @Account order by channel, month",
            new { Account = account.Value },
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => new ChannelSpend(row.Channel, row.Month, row.Amount))];
    }
}
