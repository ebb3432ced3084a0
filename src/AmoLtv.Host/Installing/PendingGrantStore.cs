using Dapper;
using Npgsql;

namespace AmoLtv.Host.Installing;

/// <summary>Codes that wait to be exchanged. They outlive the process that received them.</summary>
public sealed class PendingGrantStore(NpgsqlDataSource database, SecretProtector protector, TimeProvider time)
{
    /// <summary>More than this many waiting: somebody is sending junk, and more of it is not kept.</summary>
    private const int MaxWaiting = 1000;

    /// <summary>How long one attempt holds its claim: longer than its calls to the CRM can take.</summary>
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(3);

    /// <returns>Its number, or null where too many wait already.</returns>
    public async Task<long?> AddAsync(string clientId, Uri baseAddress, string code, bool fromWidget, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long?>(new CommandDefinition(
            """
            insert into pending_grants (client_id, base_uri, code, from_widget, received_at, not_before)
            select @ClientId, @BaseUri, @Code, @FromWidget, @Now, @Now
            where (select count(*) from pending_grants where status = 'waiting') < @MaxWaiting
            returning pending_grant_id
            """,
            new { ClientId = clientId, BaseUri = Text(baseAddress), Code = protector.Protect(code), FromWidget = fromWidget, Now = time.GetUtcNow(), MaxWaiting },
            cancellationToken: cancellationToken));
    }

    /// <summary>
    /// Numbers of those whose time has come by host, those of a process that died among them. A person who waits in a browser
    /// comes first, then the oldest; of one host at most so many that its junk cannot crowd out others.
    /// </summary>
    public async Task<IReadOnlyList<(string Host, IReadOnlyList<long> Ids)>> ListDueAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var due = await connection.QueryAsync<(string Host, long Id)>(new CommandDefinition(
            """
            select base_uri, pending_grant_id
            from (
                select base_uri, pending_grant_id, from_widget,
                       row_number() over (partition by base_uri order by from_widget, pending_grant_id) as place
                from pending_grants
                where status = 'waiting' and not_before <= @Now) p
            where place <= 20
            order by from_widget, pending_grant_id
            """,
            new { Now = time.GetUtcNow() },
            cancellationToken: cancellationToken));
        return [.. due.GroupBy(row => row.Host).Select(host => (host.Key, (IReadOnlyList<long>)[.. host.Select(row => row.Id)]))];
    }

    /// <summary>Takes one for an attempt; null where another process has it or it is done.</summary>
    public async Task<PendingGrant?> ClaimAsync(long id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var row = await connection.QueryFirstOrDefaultAsync<Row>(new CommandDefinition(
            """
            update pending_grants
            set attempts = attempts + 1, not_before = @Until
            where pending_grant_id = @Id and status = 'waiting' and not_before <= @Now
            returning client_id, base_uri, code, tokens, from_widget, received_at, attempts
            """,
            new { Id = id, Now = time.GetUtcNow(), Until = time.GetUtcNow() + Claim },
            cancellationToken: cancellationToken));
        return row is null
            ? null
            : new PendingGrant(
                id, row.ClientId, new Uri(row.BaseUri), row.Code, row.Tokens, row.FromWidget, new DateTimeOffset(row.ReceivedAt), row.Attempts);
    }

    /// <summary>The code is used up: what it gave is kept, encrypted, before anything else is tried with it.</summary>
    public Task SaveTokensAsync(long id, byte[] tokens, CancellationToken cancellationToken) =>
        ExecuteAsync("update pending_grants set tokens = @Tokens where pending_grant_id = @Id", new { Id = id, Tokens = tokens }, cancellationToken);

    public Task PostponeAsync(long id, TimeSpan delay, string reason, CancellationToken cancellationToken) =>
        ExecuteAsync(
            "update pending_grants set not_before = @At, reason = @Reason where pending_grant_id = @Id and status = 'waiting'",
            new { Id = id, At = time.GetUtcNow() + delay, Reason = reason }, cancellationToken);

    /// <param name="status">refused or expired.</param>
    public Task EndAsync(long id, string status, InstallResult refusal, string? reason, long? accountId, CancellationToken cancellationToken) =>
        ExecuteAsync(
            """
            update pending_grants
            set status = @Status, refusal = @Refusal, reason = @Reason, account_id = @AccountId, code = '', tokens = null
            where pending_grant_id = @Id and status = 'waiting'
            """,
            new { Id = id, Status = status, Refusal = refusal.ToString(), Reason = reason, AccountId = accountId }, cancellationToken);

    public async Task<PendingGrantOutcome?> FindAsync(long id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.QueryFirstOrDefaultAsync<PendingGrantOutcome>(new CommandDefinition(
            "select status, refusal, reason, account_id from pending_grants where pending_grant_id = @Id", new { Id = id }, cancellationToken: cancellationToken));
    }

    private static string Text(Uri baseAddress) => baseAddress.GetLeftPart(UriPartial.Authority);

    private async Task ExecuteAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
    }

    private sealed class Row
    {
        public required string ClientId { get; init; }

        public required string BaseUri { get; init; }

        public required byte[] Code { get; init; }

        public byte[]? Tokens { get; init; }

        public required bool FromWidget { get; init; }

        public required DateTime ReceivedAt { get; init; }

        public required int Attempts { get; init; }
    }
}
