using AmoLtv.Core.Identity;
using AmoLtv.Core.Syncing;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Webhooks;

/// <summary>Which accounts wait for a whole sync that is not to wait for the night, and how that went.</summary>
internal sealed class WholeSyncStore(NpgsqlDataSource database)
{
    /// <summary>
    /// Connected accounts that were read whole before, do not pause after a failure, and whose whole sync was asked for or was cut off.
    /// The first one of an account is the schedule's, with the settings of an administrator who looks on.
    /// </summary>
    public async Task<IReadOnlyList<AccountId>> ListDueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<long>(new CommandDefinition(
            """
            select a.account_id
            from accounts a
            join sync_states state on state.account_id = a.account_id and state.whole_at is not null
            left join change_follows follow on follow.account_id = a.account_id
            where exists (select from grants g where g.account_id = a.account_id and g.status = 'connected' and g.suspended_at is null)
              and (follow.whole_not_before is null or follow.whole_not_before <= @Now)
              and (state.whole_from <= @Now or exists (select from sync_cursors c where c.account_id = a.account_id))
            order by state.whole_from nulls last, a.account_id
            """,
            new { Now = now.UtcDateTime }, cancellationToken: cancellationToken));
        return [.. rows.Select(row => new AccountId(row))];
    }

    /// <summary>Accounts whose settings were not compared with what is stored since they were saved, while a whole sync was reading perhaps.</summary>
    public async Task<IReadOnlyList<AccountId>> ListNewlySetAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<long>(new CommandDefinition(
            """
            select state.account_id
            from sync_states state
            where state.whole_at is not null
              and (select max(v.saved_at) from settings_versions v where v.account_id = state.account_id)
                  > coalesce(state.fields_checked_at, '-infinity')
            """,
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => new AccountId(row))];
    }

    /// <summary>Custom fields whose values are stored.</summary>
    public async Task<IReadOnlySet<(EntityType Entity, FieldId Field)>> ListStoredFieldsAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var fields = await connection.QueryAsync<(short Entity, long Field)>(new CommandDefinition(
            "select entity_type, field_id from synced_fields where account_id = @Account",
            new { Account = account.Value }, cancellationToken: cancellationToken));
        return fields.Select(field => ((EntityType)field.Entity, new FieldId(field.Field))).ToHashSet();
    }

    /// <summary>Says that settings were compared with what is stored, and where values are missing asks for a whole sync at once.</summary>
    /// <param name="savedAt">When the compared settings were saved.</param>
    /// <param name="isMissing">Whether they use values that are not stored.</param>
    /// <param name="now">The moment.</param>
    public async Task SaveComparedAsync(AccountId account, DateTimeOffset savedAt, bool isMissing, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update sync_states
            set fields_checked_at = @SavedAt,
                is_whole_asked = is_whole_asked or @IsMissing,
                whole_from = case when @IsMissing then least(whole_from, @Now) else whole_from end
            where account_id = @Account
            """,
            new { Account = account.Value, SavedAt = savedAt.UtcDateTime, IsMissing = isMissing, Now = now.UtcDateTime },
            cancellationToken: cancellationToken));
    }

    /// <summary>Counts a failure and sets the pause after it; or forgets earlier ones, and lets what waited for the sync go on.</summary>
    public async Task EndAsync(AccountId account, bool isFailure, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var failures = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            """
            insert into change_follows as follow (account_id, whole_failures) values (@Account, @First)
            on conflict (account_id) do update
            set whole_failures = case when @First = 0 then 0 else follow.whole_failures + 1 end,
                not_before = case when @First = 0 and follow.failures = 0 then null else follow.not_before end
            returning whole_failures
            """,
            new { Account = account.Value, First = isFailure ? 1 : 0 }, cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition(
            "update change_follows set whole_not_before = @NotBefore where account_id = @Account",
            new { Account = account.Value, NotBefore = isFailure ? (DateTime?)(now + PollRule.Pause(failures)).UtcDateTime : null },
            cancellationToken: cancellationToken));
    }
}
