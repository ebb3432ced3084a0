using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Installing;

/// <summary>SQL of how grants do: what the CRM said by its hook, what its API answered, which are to be renewed or asked about.</summary>
public sealed class ConnectionStore(NpgsqlDataSource database)
{
    /// <summary>Holds for a row of <c>grants</c> with which work goes on.</summary>
    internal const string IsWorking = "(status = 'connected' and suspended_at is null and coalesce(hindrance, 'unreachable') = 'unreachable')";

    /// <summary>A hook may be sent again and again: a rest that was shorter, and in which no run failed, is no reason for a run.</summary>
    private static readonly TimeSpan ShortRest = TimeSpan.FromMinutes(5);

    /// <summary>The API's 401 may be met before the hook that explains it arrives.</summary>
    private static readonly TimeSpan HookDelay = TimeSpan.FromHours(1);

    /// <summary>How long an attempt at a probe holds its claim: longer than its calls can take.</summary>
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(3);

    /// <summary>
    /// The CRM says that the integration was switched off: work rests and the API is asked at once. Where the API has just denied it, work
    /// goes on and the API is asked when that is a minute ago. A grant whose token the API has just refused was switched off by this.
    /// </summary>
    /// <returns>False where the account is not connected by this integration: there is nothing to suspend.</returns>
    public async Task<bool> SuspendAsync(AccountId account, string clientId, DateTimeOffset now, CancellationToken cancellationToken) =>
        await ExecuteAsync(
            """
            update grants set suspended_at = @Now
            where account_id = @Account and client_id = @ClientId and status = 'lost' and suspended_at is null and lost_at > @LostSince;

            update grants
            set suspended_at = case when probed_at > @Trusted then suspended_at else coalesce(suspended_at, @Now) end,
                probe_at = case when probed_at > @Trusted then least(probe_at, probed_at + @Trust) else least(probe_at, @Now) end
            where account_id = @Account and client_id = @ClientId and status = 'connected'
            """,
            new { Account = account.Value, ClientId = clientId, Now = now, Trusted = now - ProbeRule.TrustAfterProbe, Trust = ProbeRule.TrustAfterProbe, LostSince = now - HookDelay },
            cancellationToken) > 0;

    /// <summary>Grants about which the CRM is to be asked now, taken by this process for the attempt.</summary>
    public async Task<IReadOnlyList<(AccountId Account, string ClientId)>> TakeDueProbesAsync(int most, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var due = await connection.QueryAsync<(long Account, string ClientId)>(new CommandDefinition(
            """
            update grants g
            set probe_at = @Until
            from (
                select account_id, client_id from grants
                where status = 'connected' and probe_at <= @Now
                order by suspended_at is null, probe_at
                limit @Most
                for update skip locked) due
            where g.account_id = due.account_id and g.client_id = due.client_id
            returning g.account_id, g.client_id
            """,
            new { Now = now, Until = now + Claim, Most = most },
            cancellationToken: cancellationToken));
        return [.. due.Select(row => (new AccountId(row.Account), row.ClientId))];
    }

    /// <summary>
    /// Keeps what was learnt. Where it makes a grant work that did not, a run is due at once; where the API denies the hook, the
    /// suspension is over.
    /// </summary>
    public async Task SaveProbeAsync(AccountId account, string clientId, ProbeAnswer answer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (answer.Kind == ProbeAnswer.Outcome.Lost)
        {
            await GrantStore.SaveLossAsync(connection, transaction, account, clientId, answer.Words ?? "", now, cancellationToken);
        }

        await connection.ExecuteAsync(new CommandDefinition(
            $"""
            insert into account_connections (account_id, resumed_at)
            select @Account, @Now
            where @IsWorking and exists (
                select from grants
                where account_id = @Account and client_id = @ClientId and status = 'connected' and not {IsWorking}
                  and (suspended_at is null or suspended_at < @Now - @ShortRest or coalesce(hindrance, 'unreachable') <> 'unreachable'
                       or exists (select from runs r where r.account_id = @Account and r.status = 'failed' and r.finished_at >= suspended_at)))
            on conflict (account_id) do update set resumed_at = excluded.resumed_at;

            update grants
            set probed_at = @Now,
                -- Due again already: a hook arrived while the API was being asked, and its answer is older than the hook.
                probe_at = case when probe_at <= @Now then probe_at
                                else @Now + case when suspended_at is null or @IsWorking then @Pause else @SuspendedPause end end,
                suspended_at = case when @IsWorking and probe_at > @Now then null else suspended_at end,
                hindered_at = case when @Hindrance is null and not @IsUnclear then null
                                   when @Hindrance is not null and hindrance is distinct from @Hindrance then @Now
                                   else hindered_at end,
                hindrance_words = case when @IsUnclear then hindrance_words when @Hindrance is null then null else @Words end,
                hindrance = case when @IsUnclear then hindrance else @Hindrance end
            where account_id = @Account and client_id = @ClientId;
            """,
            new
            {
                Account = account.Value,
                ClientId = clientId,
                Now = now,
                IsWorking = answer.Kind == ProbeAnswer.Outcome.Works,
                IsUnclear = answer.Kind == ProbeAnswer.Outcome.Unclear,
                Hindrance = answer.Hindrance?.ToString().ToLowerInvariant(),
                answer.Words,
                ShortRest,
                Pause = ProbeRule.Pause(answer, isSuspended: false),
                SuspendedPause = ProbeRule.Pause(answer, isSuspended: true),
            },
            transaction,
            cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Asks about every grant of an account whose last run failed since its grant was asked about.</summary>
    public Task AskAfterFailedRunsAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        ExecuteAsync(
            """
            update grants g
            set probe_at = @Now
            where g.status = 'connected' and g.hindrance is null and g.probe_at > @Now
              and (select r.status = 'failed' and r.finished_at > coalesce(g.probed_at, '-infinity') from runs r
                   where r.account_id = g.account_id order by r.started_at desc limit 1)
            """,
            new { Now = now },
            cancellationToken);

    /// <summary>Every grant that can be renewed, with what the rule of renewal needs.</summary>
    public async Task<IReadOnlyList<RenewableGrant>> ListRenewableAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<RenewableRow>(new CommandDefinition(
            """
            select g.account_id, g.client_id, coalesce(g.issued_at, g.updated_at) as issued_at, g.expires_at, g.renewal_failures, g.renewal_tried_at,
                   (select r.started_at from runs r where r.account_id = g.account_id order by r.started_at desc limit 1) as used_at
            from grants g
            where g.status = 'connected' and g.refresh_token is not null and g.suspended_at is null
            order by g.account_id, g.client_id
            """,
            cancellationToken: cancellationToken));
        return
        [
            .. rows.Select(row => new RenewableGrant(
                new AccountId(row.AccountId), row.ClientId, new DateTimeOffset(row.IssuedAt), new DateTimeOffset(row.ExpiresAt),
                Utc(row.UsedAt), row.RenewalFailures, Utc(row.RenewalTriedAt))),
        ];
    }

    public async Task SaveAddressAsync(AccountId account, Uri address, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await GrantStore.SaveAddressAsync(connection, null, account, address, cancellationToken);
    }

    private static DateTimeOffset? Utc(DateTime? moment) => moment is { } some ? new DateTimeOffset(some) : null;

    private async Task<int> ExecuteAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
    }

    private sealed class RenewableRow
    {
        public required long AccountId { get; init; }

        public required string ClientId { get; init; }

        public required DateTime IssuedAt { get; init; }

        public required DateTime ExpiresAt { get; init; }

        public DateTime? UsedAt { get; init; }

        public int RenewalFailures { get; init; }

        public DateTime? RenewalTriedAt { get; init; }
    }
}
