using AmoLtv.Core.Identity;
using AmoLtv.Core.Notices;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Notices;

/// <summary>SQL of incidents and what was told of them. A notice is stored before it is sent, and claimed by one process at a time.</summary>
public sealed class NoticeStore(NpgsqlDataSource database)
{
    /// <summary>A claim of a process that died is taken up after so long.</summary>
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(5);

    /// <summary>Opens incidents there are, updates their reasons, and closes those that are over.</summary>
    /// <returns>The open ones.</returns>
    public async Task<IReadOnlyList<Incident>> KeepAsync(
        AccountId account, IReadOnlyDictionary<IncidentKind, string> present, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update incidents set closed_at = @now where account_id = @Account and closed_at is null and kind <> all(@Kinds);
            update notices n set status = 'dropped'
            from incidents i
            where n.account_id = @Account and n.status = 'waiting'
              -- A lost connection is told in the CRM only once it is over.
              and not (n.kind = 'connectionLost' and n.channel = 'crm')
              and i.account_id = n.account_id and i.kind = n.kind and i.opened_at = n.opened_at and i.closed_at is not null;
            insert into incidents (account_id, kind, opened_at, detail)
            select @Account, kind, @now, detail from unnest(@Kinds, @Details) as present (kind, detail)
            on conflict (account_id, kind) where closed_at is null do update set detail = excluded.detail
            where incidents.detail is distinct from excluded.detail;
            """,
            new { Account = account.Value, now, Kinds = present.Keys.Select(Code).ToArray(), Details = present.Values.ToArray() },
            transaction,
            cancellationToken: cancellationToken));
        var rows = await connection.QueryAsync<(string Kind, DateTime OpenedAt, string Detail)>(new CommandDefinition(
            "select kind, opened_at, detail from incidents where account_id = @Account and closed_at is null",
            new { Account = account.Value },
            transaction,
            cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return [.. rows.Select(row => new Incident(Kind(row.Kind), new DateTimeOffset(row.OpenedAt), row.Detail))];
    }

    /// <summary>Notices stored since a moment.</summary>
    public async Task<IReadOnlyList<ToldNotice>> ListAsync(AccountId account, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Kind, DateTime OpenedAt, string Channel, int Number, DateTime At, bool IsFailed)>(new CommandDefinition(
            """
            select n.kind, n.opened_at, n.channel, n.number, coalesce(n.sent_at, n.not_before), n.status = 'failed'
            from notices n
            join incidents i on i.account_id = n.account_id and i.kind = n.kind and i.opened_at = n.opened_at
            where n.account_id = @Account and n.status <> 'dropped' and (i.closed_at is null or coalesce(n.sent_at, n.not_before) >= @since)
            """,
            new { Account = account.Value, since },
            cancellationToken: cancellationToken));
        return
        [
            .. rows.Select(row => new ToldNotice(
                Kind(row.Kind), new DateTimeOffset(row.OpenedAt), Enum.Parse<NoticeChannel>(row.Channel, ignoreCase: true), row.Number, new DateTimeOffset(row.At), row.IsFailed)),
        ];
    }

    /// <summary>Losses that ended since a moment and of which nothing was told or is still to be told.</summary>
    public async Task<IReadOnlyList<UntoldLoss>> ListUntoldAsync(AccountId account, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(DateTime OpenedAt, string Detail, DateTime ClosedAt)>(new CommandDefinition(
            """
            select i.opened_at, i.detail, i.closed_at
            from incidents i
            where i.account_id = @Account and i.kind = 'connectionLost' and i.closed_at >= @since
              and not exists (
                select from notices n
                where n.account_id = i.account_id and n.kind = i.kind and n.opened_at = i.opened_at and (n.status = 'sent' or n.channel = 'crm'))
            """,
            new { Account = account.Value, since },
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => new UntoldLoss(
            new Incident(IncidentKind.ConnectionLost, new DateTimeOffset(row.OpenedAt), row.Detail), new DateTimeOffset(row.ClosedAt)))];
    }

    public async Task AddAsync(AccountId account, DueNotice due, string marker, DateTimeOffset now, CancellationToken cancellationToken) =>
        await ExecuteAsync(
            """
            insert into notices (account_id, kind, opened_at, channel, number, marker, status, not_before)
            values (@Account, @Kind, @OpenedAt, @Channel, @Number, @marker, 'waiting', @now)
            on conflict (account_id, kind, opened_at, channel, number) do nothing
            """,
            new
            {
                Account = account.Value,
                Kind = Code(due.Incident.Kind),
                due.Incident.OpenedAt,
                Channel = Code(due.Channel),
                due.Number,
                marker,
                now,
            },
            cancellationToken);

    /// <summary>Takes one notice whose time has come, for this process alone; null where there is none.</summary>
    public async Task<StoredNotice?> ClaimAsync(AccountId account, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<ClaimedRow>(
            new CommandDefinition(
                """
                update notices n set status = 'sending', attempts = n.attempts + 1, not_before = @Until
                from incidents i
                where n.account_id = @Account
                  and i.account_id = n.account_id and i.kind = n.kind and i.opened_at = n.opened_at
                  and (n.kind, n.opened_at, n.channel, n.number) = (
                    select kind, opened_at, channel, number from notices
                    where account_id = @Account and status in ('waiting', 'sending') and not_before <= @now
                    order by opened_at, kind, channel, number
                    limit 1
                    for update skip locked)
                returning n.kind, n.opened_at, n.channel, n.number, n.marker, n.attempts, i.detail, i.closed_at
                """,
                new { Account = account.Value, now, Until = now + Claim },
                cancellationToken: cancellationToken));
        return row is null
            ? null
            : new StoredNotice(
                account, new Incident(Kind(row.Kind), new DateTimeOffset(row.OpenedAt), row.Detail),
                Enum.Parse<NoticeChannel>(row.Channel, ignoreCase: true), row.Number, row.Marker, row.Attempts,
                row.ClosedAt is { } closed ? new DateTimeOffset(closed) : null);
    }

    public Task SentAsync(StoredNotice notice, DateTimeOffset now, CancellationToken cancellationToken) =>
        EndAsync(notice, "sent", now, now, null, cancellationToken);

    /// <param name="notice">The notice.</param>
    /// <param name="again">When it is tried again; null: no more.</param>
    /// <param name="now">The present.</param>
    /// <param name="error">Why it failed.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task FailedAsync(StoredNotice notice, DateTimeOffset? again, DateTimeOffset now, string error, CancellationToken cancellationToken) =>
        EndAsync(notice, again is null ? "failed" : "waiting", null, again ?? now, error, cancellationToken);

    private Task EndAsync(
        StoredNotice notice, string status, DateTimeOffset? sentAt, DateTimeOffset notBefore, string? error, CancellationToken cancellationToken) =>
        ExecuteAsync(
            """
            update notices set status = @status, sent_at = @sentAt, not_before = @notBefore, error = @error
            where account_id = @Account and kind = @Kind and opened_at = @OpenedAt and channel = @Channel and number = @Number
            """,
            new
            {
                Account = notice.Account.Value,
                Kind = Code(notice.Incident.Kind),
                notice.Incident.OpenedAt,
                Channel = Code(notice.Channel),
                notice.Number,
                status,
                sentAt,
                notBefore,
                error,
            },
            cancellationToken);

    private async Task ExecuteAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
    }

    private static IncidentKind Kind(string code) => Enum.Parse<IncidentKind>(code, ignoreCase: true);

    private static string Code(Enum value) => char.ToLowerInvariant(value.ToString()[0]) + value.ToString()[1..];

    private static string Code(IncidentKind kind) => Code((Enum)kind);

    private sealed class ClaimedRow
    {
        public required string Kind { get; init; }

        public required DateTime OpenedAt { get; init; }

        public required string Channel { get; init; }

        public required int Number { get; init; }

        public required string Marker { get; init; }

        public required int Attempts { get; init; }

        public required string Detail { get; init; }

        public DateTime? ClosedAt { get; init; }
    }
}
