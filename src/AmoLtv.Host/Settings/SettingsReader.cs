using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Settings;

/// <summary>Reads what the settings page shows first.</summary>
public sealed class SettingsReader(NpgsqlDataSource database, SettingsStore store, UnreadValueStore unread, CurrencyStore currencies)
{
    public async Task<SettingsDocument> ReadAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var saved = await store.GetAsync(connection, account, cancellationToken);
        var valued = await connection.QueryFirstOrDefaultAsync<(int? Version, DateTime At)?>(new CommandDefinition(
            "select settings_version, calculated_at from account_values where account_id = @Account order by run_id desc limit 1",
            new { Account = account.Value },
            cancellationToken: cancellationToken));
        return new SettingsDocument
        {
            Saved = saved,
            Warnings = await AccountCatalog.CheckAsync(connection, account, saved.Settings, cancellationToken),
            Unread = await unread.FindAsync(connection, account, saved.Settings, cancellationToken),
            Currency = await currencies.ReadAsync(connection, account, cancellationToken),
            IsValued = valued is { } last ? last.Version == saved.Version : null,
            ValuedAt = valued is { } done ? new DateTimeOffset(done.At) : null,
        };
    }
}
