using System.Globalization;
using AmoLtv.Core.Identity;
using AmoLtv.Core.Syncing;
using AmoLtv.Host.Running;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Syncing;

/// <summary>How far each account was followed.</summary>
internal sealed class SyncStateStore(NpgsqlDataSource database)
{
    /// <returns>Null where the account was never read.</returns>
    public async Task<SyncState?> FindAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<(DateTime Leads, DateTime Events, DateTime? Whole, bool IsAsked)?>(new CommandDefinition(
            "select leads_until, events_until, whole_at, is_whole_asked from sync_states where account_id = @Account",
            new { Account = account.Value }, cancellationToken: cancellationToken));
        return row is { } state
            ? new SyncState(
                new DateTimeOffset(state.Leads), new DateTimeOffset(state.Events),
                state.Whole is { } whole ? new DateTimeOffset(whole) : null, state.IsAsked)
            : null;
    }

    /// <summary>
    /// Begins a reading: what it depends on beside its state. Fields that are not wanted any more are forgotten as stored, since rows that are
    /// stored from now on lack them; one that is wanted again has to be read anew.
    /// </summary>
    public async Task<FollowedAccount> BeginReadingAsync(
        RunContext run, IReadOnlyCollection<(EntityType Entity, FieldId Field)> wanted, CancellationToken cancellationToken)
    {
        var account = await FindAccountAsync(run.Account, cancellationToken);
        var gone = account.Stored.Except(wanted).ToList();
        if (gone.Count > 0)
        {
            await ForgetFieldsAsync(run, gone, cancellationToken);
        }

        return account with { Stored = account.Stored.Intersect(wanted).ToHashSet() };
    }

    /// <summary>Keeps how far changes were read. A whole scan that somebody asked for meanwhile stays asked for.</summary>
    public Task SaveAsync(RunContext run, SyncState state, CancellationToken cancellationToken) => ExecuteAsync(
        run,
        """
        insert into sync_states (account_id, leads_until, events_until) values (@Account, @Leads, @Events)
        on conflict (account_id) do update set leads_until = excluded.leads_until, events_until = excluded.events_until
        """,
        new { Account = run.Account.Value, Leads = state.LeadsUntil.UtcDateTime, Events = state.EventsUntil.UtcDateTime },
        cancellationToken);

    /// <summary>Says after a night that what the account holds is as of now.</summary>
    public Task FinishAsync(RunContext run, DateTimeOffset now, CancellationToken cancellationToken) => ExecuteAsync(
        run,
        "update accounts set synced_at = @Now where account_id = @Account",
        new { Account = run.Account.Value, Now = now.UtcDateTime },
        cancellationToken);

    /// <summary>From now on the account is polled: its hooks do not come. One that came meanwhile shows the contrary.</summary>
    /// <param name="run">The run that saw it.</param>
    /// <param name="hearing">As it was when the changes were read.</param>
    /// <param name="unheard">Changes no hook told of.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task SaveSilenceAsync(RunContext run, HookHearing hearing, long unheard, CancellationToken cancellationToken) => ExecuteAsync(
        run,
        """
        update webhook_subscriptions
        set status = 'silent', reason = @Reason
        where account_id = @Account and status = 'active' and heard_at is not distinct from @HeardAt
        """,
        new
        {
            Account = run.Account.Value,
            Reason = string.Create(CultureInfo.InvariantCulture, $"A reading found {unheard} changed leads of which no webhook told, though the CRM calls the subscription active."),
            HeardAt = hearing.HeardAt?.UtcDateTime,
        },
        cancellationToken);

    /// <summary>The next night looks at the account whole.</summary>
    public Task AskWholeAsync(AccountId account, CancellationToken cancellationToken) => AskWholeAsync(account, from: null, cancellationToken);

    /// <summary>The next sync looks at the account whole.</summary>
    /// <param name="account">The account.</param>
    /// <param name="from">From when on it may begin between nights; null: the night is soon enough.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task AskWholeAsync(AccountId account, DateTimeOffset? from, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            "update sync_states set is_whole_asked = true, whole_from = least(whole_from, @From) where account_id = @Account",
            new { Account = account.Value, From = from?.UtcDateTime }, cancellationToken: cancellationToken));
    }

    private async Task<FollowedAccount> FindAccountAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleAsync<(bool IsFiltered, bool HasHooks, bool IsScanLeft, DateTime? ActiveSince, DateTime? HeardAt)>(new CommandDefinition(
            """
            select a.is_filter_enabled or a.brand = 'kommo',
                   s.account_id is not null,
                   exists (select from sync_cursors c where c.account_id = a.account_id),
                   s.active_since, s.heard_at
            from accounts a
            left join webhook_subscriptions s on s.account_id = a.account_id and s.status = 'active'
            where a.account_id = @Account
            """,
            new { Account = account.Value }, cancellationToken: cancellationToken));
        var fields = await connection.QueryAsync<(short Entity, long Field)>(new CommandDefinition(
            "select entity_type, field_id from synced_fields where account_id = @Account",
            new { Account = account.Value }, cancellationToken: cancellationToken));
        return new FollowedAccount(
            row.IsFiltered, row.HasHooks, row.IsScanLeft,
            row.ActiveSince is { } since ? new HookHearing(new DateTimeOffset(since), row.HeardAt is { } heard ? new DateTimeOffset(heard) : null) : null,
            fields.Select(field => ((EntityType)field.Entity, new FieldId(field.Field))).ToHashSet());
    }

    private Task ForgetFieldsAsync(
        RunContext run, IReadOnlyCollection<(EntityType Entity, FieldId Field)> fields, CancellationToken cancellationToken) => ExecuteAsync(
        run,
        """
        delete from synced_fields s using unnest(@Entities, @Fields) as gone (entity_type, field_id)
        where s.account_id = @Account and s.entity_type = gone.entity_type and s.field_id = gone.field_id
        """,
        new
        {
            Account = run.Account.Value,
            Entities = fields.Select(field => (short)field.Entity).ToArray(),
            Fields = fields.Select(field => field.Field.Value).ToArray(),
        },
        cancellationToken);

    private async Task ExecuteAsync(RunContext run, string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunFence.CheckAsync(connection, transaction, run, cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }
}
