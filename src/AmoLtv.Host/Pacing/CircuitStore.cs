using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Pacing;

/// <summary>The accounts' circuits, where all processes and the admin see them.</summary>
public sealed partial class CircuitStore(NpgsqlDataSource database, AccountNumbers accounts, TimeProvider time, ILogger<CircuitStore> logger) : ICircuitStore
{
    private static readonly TimeSpan PutOff = TimeSpan.FromMinutes(5);

    private readonly Outage _outage = new(logger, time);

    public Task<(bool IsKnown, OpenCircuit? Circuit)> FindAsync(BudgetKey key, CancellationToken cancellationToken) =>
        _outage.AskAsync(
            async cancelled =>
            {
                if (await accounts.FindAsync(key, cancelled) is not { } account)
                {
                    return (false, null);
                }

                await using var connection = await database.OpenConnectionAsync(cancelled);
                return (true, await FindAsync(connection, account, key.ClientId, cancelled));
            },
            (false, (OpenCircuit?)null),
            cancellationToken);

    public Task<OpenCircuit?> OpenAsync(BudgetKey key, CircuitOpening opening, CancellationToken cancellationToken) =>
        _outage.AskAsync(
            async cancelled =>
            {
                var account = await accounts.FindAsync(key, cancelled);
                Log.Opened(logger, account?.ToString() ?? key.BaseAddress.Authority, key.ClientId, (int)opening.Status, opening.Cause, opening.RequestId);
                return account is null ? null : await OpenAsync(account.Value, key.ClientId, opening, cancelled);
            },
            null,
            cancellationToken);

    public Task<bool?> ClaimProbeAsync(BudgetKey key, CancellationToken cancellationToken) =>
        _outage.AskAsync(
            async cancelled => await accounts.FindAsync(key, cancelled) is { } account ? await ClaimAsync(account, key.ClientId, cancelled) : (bool?)null,
            null,
            cancellationToken);

    public Task CloseAsync(BudgetKey key, CancellationToken cancellationToken) =>
        _outage.AskAsync(
            async cancelled => await accounts.FindAsync(key, cancelled) is { } account && await CloseAsync(account, key.ClientId, cancelled),
            false,
            cancellationToken);

    /// <summary>Accounts, and the integrations they refuse, of which it is time to ask whether they answer again.</summary>
    public async Task<IReadOnlyList<(AccountId Account, string ClientId)>> ListDueAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var due = await connection.QueryAsync<(long Account, string ClientId)>(new CommandDefinition(
            "select account_id, client_id from account_circuits where closed_at is null and probe_at <= coalesce(@Now, clock_timestamp())",
            new { Now = ServiceMoment.Of(time) },
            cancellationToken: cancellationToken));
        return [.. due.Select(row => (new AccountId(row.Account), row.ClientId))];
    }

    /// <summary>The account could not even be asked: the next probe is put off all the same.</summary>
    public async Task PutOffAsync(AccountId account, string clientId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            with moment as materialized (select coalesce(@Now, clock_timestamp()) as now)
            update account_circuits c
            set probes = c.probes + 1, probe_at = m.now + make_interval(secs => @Seconds)
            from moment m
            where c.account_id = @Account and c.client_id = @ClientId and c.closed_at is null and c.probe_at <= m.now
            """,
            new { Account = account.Value, ClientId = clientId, Now = ServiceMoment.Of(time), Seconds = PutOff.TotalSeconds },
            cancellationToken: cancellationToken));
    }

    /// <summary>The account's circuits that are open.</summary>
    public async Task<IReadOnlyList<OpenCircuit>> ListOpenAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<CircuitRow>(new CommandDefinition(
            "select cause, reason, opened_at as OpenedAt, probe_at as ProbeAt from account_circuits where account_id = @Account and closed_at is null order by opened_at",
            new { Account = account.Value },
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.Open)];
    }

    internal static OpenCircuit Read(string cause, string? reason, DateTime openedAt, DateTime probeAt) =>
        new(Enum.Parse<CircuitCause>(cause, ignoreCase: true), reason, new DateTimeOffset(openedAt), new DateTimeOffset(probeAt));

    private async Task<OpenCircuit?> OpenAsync(AccountId account, string clientId, CircuitOpening opening, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleAsync<CircuitRow>(new CommandDefinition(
            """
            with moment as materialized (select coalesce(@Now, clock_timestamp()) as now)
            insert into account_circuits as c (account_id, client_id, cause, status, reason, request_id, opened_at, probed_at, probe_at)
            select @Account, @ClientId, @Cause, @Status, @Reason, @RequestId, m.now, m.now, m.now + make_interval(secs => @Probes[1])
            from moment m
            on conflict (account_id, client_id) do update
            set cause = excluded.cause, status = excluded.status, reason = excluded.reason, request_id = excluded.request_id,
                opened_at = case when c.closed_at is null then c.opened_at else excluded.opened_at end,
                probes = case when c.closed_at is null then c.probes else 0 end,
                probed_at = excluded.probed_at,
                probe_at = excluded.probed_at + make_interval(
                    secs => @Probes[least(case when c.closed_at is null then c.probes else 0 end + 1, cardinality(@Probes))]),
                closed_at = null
            returning cause, reason, opened_at as OpenedAt, probe_at as ProbeAt
            """,
            new
            {
                Account = account.Value,
                ClientId = clientId,
                Cause = Text(opening.Cause),
                Status = (int)opening.Status,
                opening.Reason,
                opening.RequestId,
                Now = ServiceMoment.Of(time),
                Probes = Seconds(CircuitRule.Probes(opening.Cause, opening.Rest)),
            },
            cancellationToken: cancellationToken));
        return row.Open;
    }

    private async Task<bool> ClaimAsync(AccountId account, string clientId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var open = await FindAsync(connection, account, clientId, cancellationToken);
        // Closed meanwhile: nothing to claim, and nothing to hold back.
        return open is null || await connection.ExecuteAsync(new CommandDefinition(
            """
            with moment as materialized (select coalesce(@Now, clock_timestamp()) as now)
            update account_circuits c
            set probes = c.probes + 1, probed_at = m.now,
                probe_at = m.now + make_interval(secs => @Probes[least(c.probes + 2, cardinality(@Probes))])
            from moment m
            where c.account_id = @Account and c.client_id = @ClientId and c.closed_at is null and c.cause = @Cause
              and (c.probe_at <= m.now or (c.cause <> 'throttled' and c.probed_at <= m.now - make_interval(secs => @Soonest)))
            """,
            new
            {
                Account = account.Value,
                ClientId = clientId,
                Now = ServiceMoment.Of(time),
                Cause = Text(open.Cause),
                Probes = Seconds(CircuitRule.Probes(open.Cause, rest: null)),
                Soonest = CircuitRule.PersonsProbe.TotalSeconds,
            },
            cancellationToken: cancellationToken)) == 1;
    }

    private static async Task<OpenCircuit?> FindAsync(NpgsqlConnection connection, AccountId account, string clientId, CancellationToken cancellationToken)
    {
        var row = await connection.QuerySingleOrDefaultAsync<CircuitRow>(new CommandDefinition(
            """
            select cause, reason, opened_at as OpenedAt, probe_at as ProbeAt
            from account_circuits
            where account_id = @Account and client_id = @ClientId and closed_at is null
            """,
            new { Account = account.Value, ClientId = clientId },
            cancellationToken: cancellationToken));
        return row?.Open;
    }

    private async Task<bool> CloseAsync(AccountId account, string clientId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        // What else rests because of the same answer may go on as soon as its connection has been looked at.
        var closed = await connection.ExecuteAsync(new CommandDefinition(
            """
            with closed as (
                update account_circuits set closed_at = coalesce(@Now, clock_timestamp())
                where account_id = @Account and client_id = @ClientId and closed_at is null
                returning account_id, client_id, closed_at
            )
            update grants g set probe_at = least(g.probe_at, closed.closed_at)
            from closed
            where g.account_id = closed.account_id and g.client_id = closed.client_id
            """,
            new { Account = account.Value, ClientId = clientId, Now = ServiceMoment.Of(time) },
            cancellationToken: cancellationToken)) > 0;
        if (closed)
        {
            Log.Closed(logger, account, clientId);
        }

        return closed;
    }

    private static string Text(CircuitCause cause) => cause switch
    {
        CircuitCause.Blocked => "blocked",
        CircuitCause.Unpaid => "unpaid",
        _ => "throttled",
    };

    private static double[] Seconds(IReadOnlyList<TimeSpan> probes) => [.. probes.Select(probe => probe.TotalSeconds)];

    private sealed class CircuitRow
    {
        public required string Cause { get; init; }

        public string? Reason { get; init; }

        public required DateTime OpenedAt { get; init; }

        public required DateTime ProbeAt { get; init; }

        public OpenCircuit Open => Read(Cause, Reason, OpenedAt, ProbeAt);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error,
            "Account {Account}, integration {ClientId}: the CRM answers {Status} to everything ({Cause}); nothing is asked of it but now and then whether that is over. Request {RequestId}.")]
        public static partial void Opened(ILogger logger, string account, string clientId, int status, CircuitCause cause, string? requestId);

        [LoggerMessage(2, LogLevel.Warning, "Account {Account}, integration {ClientId}: the CRM answers again; work goes on.")]
        public static partial void Closed(ILogger logger, AccountId account, string clientId);
    }
}
