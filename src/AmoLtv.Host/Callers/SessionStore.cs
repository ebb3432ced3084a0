using AmoLtv.Core.Identity;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Callers;

/// <summary>SQL of single-use codes and of the sessions they are exchanged for. What has ended goes when the next one is made.</summary>
public sealed class SessionStore(NpgsqlDataSource database, TimeProvider time)
{
    public static readonly TimeSpan CodeLifetime = TimeSpan.FromSeconds(60);

    /// <summary>A session ends when it was not used for so long.</summary>
    public static readonly TimeSpan IdleLifetime = TimeSpan.FromHours(12);

    /// <summary>And after so long in any case: then the CRM must vouch for the user again.</summary>
    public static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(7);

    /// <summary>A session is prolonged at most so often, not with each request.</summary>
    private static readonly TimeSpan ProlongedEvery = TimeSpan.FromHours(1);

    /// <returns>A code for this user, good once and until it expires.</returns>
    public async Task<(SessionSecret Code, DateTimeOffset ExpiresAt)> CreateCodeAsync(Caller caller, CancellationToken cancellationToken)
    {
        var code = SessionSecret.Create(caller.Account);
        var now = time.GetUtcNow();
        await ExecuteAsync(
            """
            delete from session_codes where account_id = @Account and expires_at <= @Now;
            insert into session_codes (account_id, code_hash, client_id, user_id, is_admin, said_at, expires_at)
            values (@Account, @Hash, @ClientId, @User, @IsAdmin, @At, @ExpiresAt)
            """,
            new
            {
                Account = caller.Account.Value,
                code.Hash,
                User = caller.User.Value,
                caller.Vouching.ClientId,
                caller.Vouching.IsAdmin,
                caller.Vouching.At,
                Now = now,
                ExpiresAt = now + CodeLifetime,
            },
            cancellationToken);
        return (code, now + CodeLifetime);
    }

    /// <summary>Uses a code up and begins the session it stands for.</summary>
    /// <returns>The secret of the cookie; null where the code is unknown, used or too old.</returns>
    public async Task<(SessionSecret Secret, StoredSession Session)?> ExchangeAsync(SessionSecret code, CancellationToken cancellationToken)
    {
        var secret = SessionSecret.Create(code.Account);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        // One statement: of two exchanges at once only one finds the row.
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            """
            with used as (
                delete from session_codes where account_id = @Account and code_hash = @Code returning *),
            ended as (
                delete from page_sessions where account_id = @Account and expires_at <= @Now)
            insert into page_sessions (account_id, session_hash, client_id, user_id, is_admin, said_at, created_at, expires_at)
            select account_id, @Hash, client_id, user_id, is_admin, said_at, @Now, @ExpiresAt
            from used
            where expires_at > @Now
            returning client_id, user_id, is_admin, said_at, created_at, expires_at
            """,
            new { Account = code.Account.Value, Code = code.Hash, secret.Hash, Now = time.GetUtcNow(), ExpiresAt = time.GetUtcNow() + IdleLifetime },
            cancellationToken: cancellationToken));
        return row is null ? null : (secret, Read(row, isProlonged: true));
    }

    /// <summary>Finds a session that has not ended, and prolongs it while it is used.</summary>
    public async Task<StoredSession?> FindAsync(SessionSecret secret, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var now = time.GetUtcNow();
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            """
            select client_id, user_id, is_admin, said_at, created_at, expires_at
            from page_sessions
            where account_id = @Account and session_hash = @Hash and expires_at > @Now
            """,
            new { Account = secret.Account.Value, secret.Hash, Now = now },
            cancellationToken: cancellationToken));
        if (row is null)
        {
            return null;
        }

        var created = new DateTimeOffset(row.CreatedAt);
        var until = now + IdleLifetime < created + LongestLifetime ? now + IdleLifetime : created + LongestLifetime;
        if (until - new DateTimeOffset(row.ExpiresAt) < ProlongedEvery)
        {
            return Read(row, isProlonged: false);
        }

        await connection.ExecuteAsync(new CommandDefinition(
            "update page_sessions set expires_at = @Until where account_id = @Account and session_hash = @Hash",
            new { Account = secret.Account.Value, secret.Hash, Until = until },
            cancellationToken: cancellationToken));
        row.ExpiresAt = until.UtcDateTime;
        return Read(row, isProlonged: true);
    }

    public Task EndAsync(SessionSecret secret, CancellationToken cancellationToken) => ExecuteAsync(
        "delete from page_sessions where account_id = @Account and session_hash = @Hash",
        new { Account = secret.Account.Value, secret.Hash },
        cancellationToken);

    private async Task ExecuteAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
    }

    private static StoredSession Read(Row row, bool isProlonged) => new(
        new UserId(row.UserId), new CrmVouching(row.ClientId, row.IsAdmin, new DateTimeOffset(row.SaidAt)), new DateTimeOffset(row.ExpiresAt), isProlonged);

    private sealed class Row
    {
        public required string ClientId { get; init; }

        public required long UserId { get; init; }

        public bool? IsAdmin { get; init; }

        public required DateTime SaidAt { get; init; }

        public required DateTime CreatedAt { get; init; }

        public required DateTime ExpiresAt { get; set; }
    }
}
