using System.Text.Json;
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
    /// <param name="account">The account.</param>
    /// <param name="user">Who did it.</param>
    /// <param name="area">One of the constants here.</param>
    /// <param name="before">How it was.</param>
    /// <param name="after">How it is.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task AddAsync<T>(AccountId account, UserId user, string area, T before, T after, CancellationToken cancellationToken)
    {
        var (was, isNow) = (JsonSerializer.Serialize(before, SettingsJson.Options), JsonSerializer.Serialize(after, SettingsJson.Options));
        if (was == isNow)
        {
            return;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into settings_trail (account_id, area, made_by, made_at, before, after)
            values (@Account, @area, @By, @Now, @was::jsonb, @isNow::jsonb)
            """,
            new { Account = account.Value, area, By = user.ToString(), Now = time.GetUtcNow(), was, isNow },
            cancellationToken: cancellationToken));
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
