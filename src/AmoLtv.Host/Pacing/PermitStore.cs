using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Pacing;

/// <summary>The shared schedules of requests: leases of the next slots, one statement each (decision 0008).</summary>
public sealed class PermitStore(NpgsqlDataSource database, AccountNumbers accounts, TimeProvider time, ILogger<PermitStore> logger) : IRequestPermits
{
    /// <summary>
    /// Nobody takes slots so far ahead: twice the longest rest a CRM is given, after which its circuit opens. The database's clock was put
    /// back, and an account must not wait until it is that late again.
    /// </summary>
    private static readonly TimeSpan Impossible = TimeSpan.FromMinutes(2);

    private readonly Outage _outage = new(logger, time);

    public Task<PermitAnswer?> LeaseAsync(BudgetKey key, PermitDemand demand, CancellationToken cancellationToken) =>
        _outage.AskAsync<PermitAnswer?>(
            async cancelled => await accounts.FindAsync(key, cancelled) is { } account
                ? await LeaseAsync(account, key.ClientId, demand, cancelled)
                : Alone(demand),
            null,
            cancellationToken);

    public Task RestAsync(BudgetKey key, TimeSpan rest, CancellationToken cancellationToken) =>
        _outage.AskAsync(
            async cancelled => await accounts.FindAsync(key, cancelled) is { } account && await RestAsync(account, key.ClientId, rest, cancelled),
            false,
            cancellationToken);

    /// <summary>Nobody else calls an account that is not connected yet.</summary>
    private PermitAnswer Alone(PermitDemand demand)
    {
        var now = time.GetUtcNow();
        return new PermitAnswer(now, now, now + (demand.Interval * demand.Slots), Circuit: null);
    }

    private async Task<PermitAnswer?> LeaseAsync(AccountId account, string clientId, PermitDemand demand, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var row = await TakeAsync(connection, account, clientId, demand, cancellationToken);
        if (row.Free is null)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                """
                insert into request_permits (account_id, client_id, next_slot)
                values (@Account, @ClientId, coalesce(@Now, clock_timestamp()))
                on conflict do nothing
                """,
                new { Account = account.Value, ClientId = clientId, Now = ServiceMoment.Of(time) },
                cancellationToken: cancellationToken));
            row = await TakeAsync(connection, account, clientId, demand, cancellationToken);
        }

        var circuit = row.Cause is null ? null : CircuitStore.Read(row.Cause, row.Reason, row.OpenedAt!.Value, row.ProbeAt!.Value);
        var length = demand.Interval * demand.Slots;
        return new PermitAnswer(
            new DateTimeOffset(row.Now), row.Ends is { } ends ? new DateTimeOffset(ends - length) : null, new DateTimeOffset(row.Ends ?? row.Free ?? row.Now), circuit);
    }

    private Task<PermitRow> TakeAsync(
        NpgsqlConnection connection, AccountId account, string clientId, PermitDemand demand, CancellationToken cancellationToken) =>
        connection.QuerySingleAsync<PermitRow>(new CommandDefinition(
            """
            with moment as materialized (select coalesce(@Now, clock_timestamp()) as now),
            taken as (
                update request_permits p
                set next_slot = case when p.next_slot > m.now + @Impossible then m.now else greatest(p.next_slot, m.now) end + make_interval(secs => @Seconds),
                    leases = p.leases + 1, slots = p.slots + @Slots
                from moment m
                where p.account_id = @Account and p.client_id = @ClientId
                  and (@IsUrgent or p.next_slot <= m.now + make_interval(secs => @Ahead) or p.next_slot > m.now + @Impossible)
                returning p.next_slot
            )
            select m.now, t.next_slot as ends, p.next_slot as free, c.cause, c.reason, c.opened_at as OpenedAt, c.probe_at as ProbeAt
            from moment m
            left join taken t on true
            left join request_permits p on p.account_id = @Account and p.client_id = @ClientId
            left join account_circuits c on c.account_id = @Account and c.client_id = @ClientId and c.closed_at is null
            """,
            new
            {
                Account = account.Value,
                ClientId = clientId,
                Now = ServiceMoment.Of(time),
                Seconds = (demand.Interval * demand.Slots).TotalSeconds,
                demand.Slots,
                demand.IsUrgent,
                Ahead = demand.Ahead.TotalSeconds,
                Impossible,
            },
            cancellationToken: cancellationToken));

    private async Task<bool> RestAsync(AccountId account, string clientId, TimeSpan rest, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(
            """
            update request_permits
            set next_slot = greatest(next_slot, coalesce(@Now, clock_timestamp()) + make_interval(secs => @Seconds))
            where account_id = @Account and client_id = @ClientId
            """,
            new { Account = account.Value, ClientId = clientId, Now = ServiceMoment.Of(time), Seconds = rest.TotalSeconds },
            cancellationToken: cancellationToken)) > 0;
    }

    private sealed class PermitRow
    {
        public required DateTime Now { get; init; }

        public DateTime? Ends { get; init; }

        public DateTime? Free { get; init; }

        public string? Cause { get; init; }

        public string? Reason { get; init; }

        public DateTime? OpenedAt { get; init; }

        public DateTime? ProbeAt { get; init; }
    }
}
