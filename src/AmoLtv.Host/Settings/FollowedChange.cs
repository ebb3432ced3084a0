using AmoLtv.Core.Identity;
using Npgsql;

namespace AmoLtv.Host.Settings;

/// <summary>Makes a person's change together with asking for the numbers it changes: a process that ends in between leaves neither.</summary>
public sealed class FollowedChange(NpgsqlDataSource database, FreshnessStore freshness)
{
    /// <param name="account">The account.</param>
    /// <param name="change">Makes the change on the connection it is given, within its transaction; false: there was nothing to change.</param>
    /// <param name="cancellationToken">Ends the call; then nothing is changed.</param>
    /// <returns>When the numbers follow; null where nothing was changed.</returns>
    public Task<Freshness?> MakeAsync(AccountId account, Func<NpgsqlConnection, Task<bool>> change, CancellationToken cancellationToken) =>
        MakeAsync(
            async connection => await change(connection) ? await freshness.AskAsync(connection, account, cancellationToken) : null,
            cancellationToken);

    /// <summary>As above, for a change that asks itself, or need not ask.</summary>
    /// <param name="change">Makes the change and says when the numbers follow; null: there was nothing to change.</param>
    /// <param name="cancellationToken">Ends the call; then nothing is changed.</param>
    public async Task<Freshness?> MakeAsync(Func<NpgsqlConnection, Task<Freshness?>> change, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await change(connection) is not { } fresh)
        {
            return null;
        }

        await transaction.CommitAsync(cancellationToken);
        return fresh;
    }
}
