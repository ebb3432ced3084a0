using System.Security.Cryptography;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Installing;

/// <summary>
/// The <c>state</c> of an install that began in a browser: signed, for one use within ten minutes, good only in the browser that
/// began. It keeps an attacker from connecting an account of theirs through somebody else's browser.
/// </summary>
public sealed class OAuthStates(NpgsqlDataSource database, SecretProtector protector, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <param name="browser">Random text that the browser keeps in a cookie.</param>
    /// <returns>The nonce that names the install, and the state to give to the CRM.</returns>
    public async Task<(string Nonce, string State)> BeginAsync(string clientId, string browser, CancellationToken cancellationToken)
    {
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var now = time.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            "insert into oauth_states (nonce, client_id, browser_hash, created_at) values (@Nonce, @ClientId, @Browser, @Now)",
            new { Nonce = nonce, ClientId = clientId, Browser = Hash(browser), Now = now },
            cancellationToken: cancellationToken));
        return (nonce, protector.Sign(nonce));
    }

    /// <returns>The nonce of a state this service signed; null where it is forged.</returns>
    public string? Read(string state) => state.Length > 1024 ? null : protector.Verify(state);

    /// <returns>The integration that the install began with, or null where the state is used, too old or of another browser.</returns>
    public async Task<string?> TakeAsync(string nonce, string? browser, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(browser))
        {
            return null;
        }

        var now = time.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            """
            update oauth_states
            set used_at = @Now
            where nonce = @Nonce and used_at is null and created_at > @Oldest and browser_hash = @Browser
            returning client_id
            """,
            new { Nonce = nonce, Now = now, Oldest = now - Lifetime, Browser = Hash(browser) },
            cancellationToken: cancellationToken));
    }

    private static byte[] Hash(string browser) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(browser));
}
