using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Callers;

/// <summary>SQL of who may see analytics.</summary>
public sealed class AccessStore(NpgsqlDataSource database, TimeProvider time)
{
    public async Task<AccessAnswer> ReadAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var state = await connection.QuerySingleOrDefaultAsync<(int Version, long By, DateTime At)?>(new CommandDefinition(
            "select version, changed_by, changed_at from analytics_access where account_id = @Account",
            new { Account = account.Value },
            cancellationToken: cancellationToken));
        var users = await connection.QueryAsync<(long Id, bool IsAdmin, bool MayAnalyse)>(new CommandDefinition(
            """
            select coalesce(u.user_id, v.user_id), coalesce(u.is_admin, false), v.user_id is not null or coalesce(u.is_admin, false)
            from (select * from users where account_id = @Account and is_active) u
            full join (select * from analytics_viewers where account_id = @Account) v on v.user_id = u.user_id
            order by 1
            """,
            new { Account = account.Value },
            cancellationToken: cancellationToken));
        return new AccessAnswer(
            state?.Version ?? 0, state?.By, state is { } known ? new DateTimeOffset(known.At) : null,
            [.. users.Select(user => new AccessAnswer.AccessUser(user.Id, user.IsAdmin, user.MayAnalyse))]);
    }

    /// <summary>Names exactly these users. The row of the version is locked first: of two saves at once the second finds another version.</summary>
    /// <returns>False where the list was changed since that version.</returns>
    public async Task<bool> TrySaveAsync(
        AccountId account, UserId by, int version, IReadOnlyCollection<long> viewers, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var parameters = new { Account = account.Value, By = by.Value, Version = version, Viewers = viewers.ToArray(), Now = time.GetUtcNow() };
        var saved = await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into analytics_access as access (account_id, version, changed_by, changed_at)
            select @Account, 1, @By, @Now where @Version = 0 or exists (select from analytics_access where account_id = @Account)
            on conflict (account_id) do update set version = access.version + 1, changed_by = @By, changed_at = @Now
            where access.version = @Version
            """,
            parameters, transaction, cancellationToken: cancellationToken));
        if (saved == 0)
        {
            return false;
        }

        await connection.ExecuteAsync(new CommandDefinition(
            """
            delete from analytics_viewers where account_id = @Account and user_id <> all(@Viewers);
            insert into analytics_viewers (account_id, user_id, named_by, named_at)
            select @Account, viewer, @By, @Now from unnest(@Viewers) viewer
            on conflict (account_id, user_id) do nothing
            """,
            parameters, transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
