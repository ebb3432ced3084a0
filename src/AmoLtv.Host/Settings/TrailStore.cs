using System.Text.Json;
using System.Text.Json.Nodes;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Settings;

/// <summary>Who changed what of tasks, notices, write-back and currency, and when; the newest first.</summary>
public sealed class TrailStore(NpgsqlDataSource database, TimeProvider time)
{
    public const string Currency = "currency";
    public const string WriteBack = "writeBack";
    public const string Tasks = "tasks";
    public const string Notices = "notices";

    /// <summary>Leaves a trace; nothing where nothing changed. No secrets.</summary>
    /// <param name="connection">In the transaction of the change.</param>
    /// <param name="account">The account.</param>
    /// <param name="user">Who did it.</param>
    /// <param name="area">One of the constants here.</param>
    /// <param name="before">How it was.</param>
    /// <param name="after">How it is.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task AddAsync<T>(
        NpgsqlConnection connection, AccountId account, UserId user, string area, T before, T after, CancellationToken cancellationToken)
    {
        var (was, isNow) = (JsonSerializer.Serialize(before, SettingsJson.Options), JsonSerializer.Serialize(after, SettingsJson.Options));
        if (was == isNow)
        {
            return;
        }

        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into settings_trail (account_id, area, made_by, made_at, before, after)
            values (@Account, @area, @By, @Now, @was::jsonb, @isNow::jsonb)
            """,
            new { Account = account.Value, area, By = user.ToString(), Now = time.GetUtcNow(), was, isNow },
            cancellationToken: cancellationToken));
    }

    /// <inheritdoc cref="AddAsync{T}(NpgsqlConnection, AccountId, UserId, string, T, T, CancellationToken)"/>
    public async Task AddAsync<T>(AccountId account, UserId user, string area, T before, T after, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await AddAsync(connection, account, user, area, before, after, cancellationToken);
    }

    /// <summary>The refusal of a change made on what is no longer so, with whose change came between where the trail knows it.</summary>
    /// <param name="connection">May be in the transaction of the change.</param>
    /// <param name="account">The account.</param>
    /// <param name="area">One of the constants here.</param>
    /// <param name="current">As it is now.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<StaleStateException> StaleAsync<T>(
        NpgsqlConnection connection, AccountId account, string area, T current, CancellationToken cancellationToken)
    {
        var last = await connection.QuerySingleOrDefaultAsync<(string By, DateTime At, string After)?>(new CommandDefinition(
            "select made_by, made_at, after::text from settings_trail where account_id = @Account and area = @area order by entry_id desc limit 1",
            new { Account = account.Value, area },
            cancellationToken: cancellationToken));
        var isTraced = last is { } entry
            && JsonNode.DeepEquals(JsonNode.Parse(entry.After), JsonSerializer.SerializeToNode(current, SettingsJson.Options));
        return new StaleStateException(current, isTraced ? last!.Value.By : null, isTraced ? new DateTimeOffset(last!.Value.At) : null);
    }

    /// <param name="account">The account.</param>
    /// <param name="before">Entries older than this one; null: from the newest.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<TrailEntry>> ListAsync(AccountId account, long? before, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(long Id, string Area, string By, DateTime At, string Before, string After)>(new CommandDefinition(
            """
            select entry_id, area, made_by, made_at, before::text, after::text
            from settings_trail
            where account_id = @Account and (@before::bigint is null or entry_id < @before)
            order by entry_id desc
            limit @limit
            """,
            new { Account = account.Value, before, limit },
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => new TrailEntry(row.Id, row.Area, row.By, new DateTimeOffset(row.At), Json(row.Before), Json(row.After)))];
    }

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
