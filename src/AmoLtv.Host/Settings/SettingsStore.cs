using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Settings;

/// <summary>Versions of the settings of accounts: every saved one is kept, the newest is in force.</summary>
public sealed class SettingsStore(NpgsqlDataSource database, TimeProvider time)
{
    private const int AttemptsAgainstOthers = 10;

    /// <summary>The settings in force: the newest version, or the defaults as version 0.</summary>
    public async Task<SavedSettings> GetAsync(AccountId account, CancellationToken cancellationToken = default) =>
        await ReadAsync(account, version: null, before: null, limit: 1, cancellationToken) is [var newest] ? newest : new SavedSettings(0, new AccountSettings());

    /// <inheritdoc cref="GetAsync(AccountId, CancellationToken)"/>
    public Task<SavedSettings> GetAsync(NpgsqlConnection connection, AccountId account, CancellationToken cancellationToken) =>
        GetAsync(connection, account, version: null, cancellationToken);

    /// <summary>The settings of a version that was saved, or the defaults as version 0; those in force where no version is named.</summary>
    public async Task<SavedSettings> GetAsync(NpgsqlConnection connection, AccountId account, int? version, CancellationToken cancellationToken) =>
        await ReadAsync(connection, account, version, before: null, limit: 1, cancellationToken) is [var found]
            ? found
            : new SavedSettings(0, new AccountSettings());

    /// <summary>One version, null where there is none of this number; 0 is the defaults.</summary>
    public async Task<SavedSettings?> FindAsync(AccountId account, int version, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(account, version, before: null, limit: 1, cancellationToken);
        return found is [var saved] ? saved : version == 0 ? new SavedSettings(0, new AccountSettings()) : null;
    }

    /// <summary>Every saved version, the newest first.</summary>
    public Task<IReadOnlyList<SavedSettings>> ListAsync(AccountId account, CancellationToken cancellationToken) =>
        ListAsync(account, before: null, limit: null, cancellationToken);

    /// <summary>Saved versions, the newest first.</summary>
    /// <param name="account">The account.</param>
    /// <param name="before">Older than this one; null: from the newest.</param>
    /// <param name="limit">At most so many; null: all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<IReadOnlyList<SavedSettings>> ListAsync(AccountId account, long? before, int? limit, CancellationToken cancellationToken) =>
        ReadAsync(account, version: null, before, limit, cancellationToken);

    /// <summary>
    /// Saves a change of the settings as the next version; a change that changes nothing saves none.
    /// Another save at the same time is not lost: the change is made again on what it left.
    /// </summary>
    /// <exception cref="InvalidSettingsException">The changed settings cannot be used; nothing is saved.</exception>
    public async Task<SavedSettings> ChangeAsync(
        AccountId account, Func<AccountSettings, AccountSettings> change, string savedBy, string? comment, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var current = await GetAsync(account, cancellationToken);
            var changed = change(current.Settings);
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            await CheckAsync(connection, account, current.Settings, changed, cancellationToken);
            if (SettingsJson.Write(changed) == SettingsJson.Write(current.Settings))
            {
                return current;
            }

            var next = new SavedSettings(current.Version + 1, changed, savedBy, time.GetUtcNow(), comment);
            if (await TryInsertAsync(connection, account, next, cancellationToken))
            {
                return next;
            }

            if (attempt == AttemptsAgainstOthers)
            {
                throw new InvalidOperationException($"Settings of account {account} are being saved by others all the time: try again.");
            }
        }
    }

    /// <summary>
    /// Saves whole settings as the next version, unless somebody else has saved since they were read. The first version is saved
    /// though it may say what the defaults say: with it a person has decided.
    /// </summary>
    /// <param name="connection">May be in a transaction: then the version is there once it is committed.</param>
    /// <param name="account">The account.</param>
    /// <param name="settings">All of them.</param>
    /// <param name="basedOn">The version they were made from.</param>
    /// <param name="savedBy">Who saves.</param>
    /// <param name="comment">Why, where it was said.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The version in force now; null where <paramref name="basedOn"/> is not in force any more, and nothing was saved.</returns>
    /// <exception cref="InvalidSettingsException">The settings cannot be used; nothing is saved.</exception>
    public async Task<SavedSettings?> SaveAsync(
        NpgsqlConnection connection, AccountId account, AccountSettings settings, int basedOn, string savedBy, string? comment,
        CancellationToken cancellationToken)
    {
        var current = await GetAsync(connection, account, cancellationToken);
        if (current.Version != basedOn)
        {
            return null;
        }

        await CheckAsync(connection, account, current.Settings, settings, cancellationToken);
        if (basedOn > 0 && SettingsJson.Write(settings) == SettingsJson.Write(current.Settings))
        {
            return current;
        }

        var next = new SavedSettings(basedOn + 1, settings, savedBy, time.GetUtcNow(), comment);
        return await TryInsertAsync(connection, account, next, cancellationToken) ? next : null;
    }

    /// <summary>Whether settings could be saved now.</summary>
    /// <exception cref="InvalidSettingsException">They cannot be used.</exception>
    public async Task RequireUsableAsync(AccountId account, AccountSettings settings, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await CheckAsync(connection, account, (await GetAsync(connection, account, cancellationToken)).Settings, settings, cancellationToken);
    }

    private static async Task CheckAsync(
        NpgsqlConnection connection, AccountId account, AccountSettings current, AccountSettings changed, CancellationToken cancellationToken)
    {
        var errors = changed.Validate();
        if (errors.Count == 0)
        {
            // A field deleted in the CRM must not keep the admin from changing the other settings.
            errors = [.. (await AccountCatalog.CheckAsync(connection, account, changed, cancellationToken))
                .Where(error => SettingKeys.Find(error.Key) is { } setting && setting.Read(current) != setting.Read(changed))];
        }

        if (errors.Count > 0)
        {
            throw new InvalidSettingsException(errors);
        }
    }

    private static async Task<bool> TryInsertAsync(NpgsqlConnection connection, AccountId account, SavedSettings next, CancellationToken cancellationToken)
    {
        // The key refuses a second save of the same version: whoever comes second reads again.
        var inserted = await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into settings_versions (account_id, version, settings, saved_by, saved_at, comment)
            values (@Account, @Version, @Settings::jsonb, @SavedBy, @SavedAt, @Comment)
            on conflict (account_id, version) do nothing
            """,
            new { Account = account.Value, next.Version, Settings = SettingsJson.Write(next.Settings), next.SavedBy, next.SavedAt, next.Comment },
            cancellationToken: cancellationToken));
        return inserted == 1;
    }

    private async Task<IReadOnlyList<SavedSettings>> ReadAsync(
        AccountId account, int? version, long? before, int? limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await ReadAsync(connection, account, version, before, limit, cancellationToken);
    }

    private static async Task<IReadOnlyList<SavedSettings>> ReadAsync(
        NpgsqlConnection connection, AccountId account, int? version, long? before, int? limit, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            """
            select version, settings::text as settings, saved_by, saved_at, comment
            from settings_versions
            where account_id = @Account and (@Version::int is null or version = @Version) and (@Before::bigint is null or version < @Before)
            order by version desc
            limit @Limit::int
            """,
            new { Account = account.Value, Version = version, Before = before, Limit = limit },
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => new SavedSettings(row.Version, SettingsJson.Read(row.Settings), row.SavedBy, new DateTimeOffset(row.SavedAt), row.Comment))];
    }

    private sealed class Row
    {
        public required int Version { get; init; }

        public required string Settings { get; init; }

        public required string SavedBy { get; init; }

        public required DateTime SavedAt { get; init; }

        public string? Comment { get; init; }
    }
}
