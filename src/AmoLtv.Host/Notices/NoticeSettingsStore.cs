using System.Net.Mail;
using System.Security.Cryptography;
using AmoLtv.Core.Identity;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Installing;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AmoLtv.Host.Notices;

/// <summary>SQL of where admins want to be told; secrets are encrypted.</summary>
public sealed class NoticeSettingsStore(NpgsqlDataSource database, SecretProtector protector, IOptions<NoticesOptions> options)
{
    public async Task<NoticeSettings> GetAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await GetAsync(connection, account, cancellationToken);
    }

    public async Task<NoticeSettings> GetAsync(NpgsqlConnection connection, AccountId account, CancellationToken cancellationToken)
    {
        var row = await connection.QuerySingleOrDefaultAsync<(bool IsInCrm, string? Email, string? Url, byte[]? Secret)?>(new CommandDefinition(
            "select is_in_crm, email, webhook_url, webhook_secret from notice_settings where account_id = @Account",
            new { Account = account.Value },
            cancellationToken: cancellationToken));
        return row is { } saved
            ? new NoticeSettings(saved.IsInCrm, saved.Email, saved.Url, saved.Secret is { } secret ? Unprotected(secret) : null)
            : new NoticeSettings(IsInCrm: true, null, null, null);
    }

    /// <summary>Saves all of it or, where an address cannot be used, nothing.</summary>
    /// <param name="account">The account.</param>
    /// <param name="isInCrm">Whether tasks in the CRM are made.</param>
    /// <param name="email">Null: no e-mail.</param>
    /// <param name="webhookUrl">Null: no webhook.</param>
    /// <param name="isNewSecret">Whether the posts are signed with a new secret though their address stays.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The secret the posts are signed with, where it was made just now: it is shown this once.</returns>
    /// <exception cref="CommandFailedException">It is no e-mail address, or no https address of the internet.</exception>
    public async Task<string?> SaveAsync(
        AccountId account, bool isInCrm, string? email, string? webhookUrl, bool isNewSecret, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await SaveAsync(connection, account, isInCrm, email, webhookUrl, isNewSecret, cancellationToken);
    }

    /// <inheritdoc cref="SaveAsync(AccountId, bool, string?, string?, bool, CancellationToken)"/>
    public async Task<string?> SaveAsync(
        NpgsqlConnection connection, AccountId account, bool isInCrm, string? email, string? webhookUrl, bool isNewSecret, CancellationToken cancellationToken)
    {
        Check(email, webhookUrl);
        // An address that stays keeps its secret: whoever checks the posts there goes on.
        var before = await GetAsync(connection, account, cancellationToken);
        var isNew = webhookUrl is not null && (isNewSecret || webhookUrl != before.WebhookUrl || before.WebhookSecret is null);
        var made = isNew ? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)) : null;
        var secret = webhookUrl is null ? null : made ?? before.WebhookSecret;
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into notice_settings (account_id, is_in_crm, email, webhook_url, webhook_secret)
            values (@Account, @isInCrm, @email, @webhookUrl, @Secret)
            on conflict (account_id) do update
            set is_in_crm = excluded.is_in_crm, email = excluded.email, webhook_url = excluded.webhook_url, webhook_secret = excluded.webhook_secret
            """,
            new { Account = account.Value, isInCrm, email, webhookUrl, Secret = secret is null ? null : protector.Protect(secret) },
            cancellationToken: cancellationToken));
        return made;
    }

    /// <returns>Null where its key is gone: only the webhook is lost by it, until its settings are saved again.</returns>
    private string? Unprotected(byte[] secret)
    {
        try
        {
            return protector.Unprotect(secret);
        }
        catch (ConnectionLostException)
        {
            return null;
        }
    }

    private void Check(string? email, string? webhookUrl)
    {
        if (email is not null && !(MailAddress.TryCreate(email, out var address) && address.Address == email))
        {
            throw new CommandFailedException($"'{email}' is no e-mail address.");
        }

        if (webhookUrl is not null && WebhookTarget.Trouble(webhookUrl, options.Value.AllowLoopbackWebhooks) is { } trouble)
        {
            throw new CommandFailedException($"The webhook's address {trouble}.");
        }
    }
}
