using Dapper;
using Npgsql;

namespace AmoLtv.Host.Installing;

/// <summary>What installs leave in the database and nobody asks for any more.</summary>
public sealed class InstallLeftovers(NpgsqlDataSource database, TimeProvider time)
{
    private static readonly TimeSpan StatesKept = TimeSpan.FromDays(1);
    private static readonly TimeSpan EndedGrantsKept = TimeSpan.FromDays(30);

    /// <summary>Deletes states older than a day and codes that came to their end and are older than thirty days.</summary>
    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            delete from oauth_states where created_at < @States;
            delete from pending_grants where status <> 'waiting' and received_at < @Grants;
            """,
            new { States = now - StatesKept, Grants = now - EndedGrantsKept },
            cancellationToken: cancellationToken));
    }
}
