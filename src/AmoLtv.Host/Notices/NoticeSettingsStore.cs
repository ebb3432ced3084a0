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
        var row = await connection.QuerySingleOrDefaultAsync<(bool IsInCrm, string? Email, string? Url, byte[]? Secret)?>(new CommandDefinition(
            "select is_in_crm, email, webhook_url, webhook_secret from notice_settings where account_id = @Account",
            new { Account = account.Value },
            cancellationToken: cancellationToken));
        return row is { } saved
            ? new NoticeSettings(saved.IsInCrm, saved.Email, saved.Url, saved.Secret is { } secret ? protector.Unprotect(secret) : null)
            : new NoticeSettings(IsInCrm: true, null, null, null);
    }

    /// <summary>Whether tasks in the CRM are made.</summary>
    public Task SetCrmAsync(AccountId account, bool isInCrm, CancellationToken cancellationToken) =>
        SaveAsync("is_in_crm", account, isInCrm, cancellationToken);

    /// <param name="account">The account.</param>
    /// <param name="email">Null: no e-mail.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="CommandFailedException">It is no address.</exception>
    public Task SetEmailAsync(AccountId account, string? email, CancellationToken cancellationToken) =>
        email is null || (MailAddress.TryCreate(email, out var address) && address.Address == email)
            ? SaveAsync("email", account, email, cancellationToken)
            : throw new CommandFailedException($"'{email}' is no e-mail address.");

    /// <param name="account">The account.</param>
    /// <param name="url">Null: no webhook.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The secret the posts are signed with, made anew and shown this once; null without a webhook.</returns>
    /// <exception cref="CommandFailedException">It is no https address of the internet.</exception>
    public async Task<string?> SetWebhookAsync(AccountId account, string? url, CancellationToken cancellationToken)
    {
        if (url is not null && WebhookTarget.Trouble(url, options.Value.AllowLoopbackWebhooks) is { } trouble)
        {
            throw new CommandFailedException($"The webhook's address {trouble}.");
        }

        var secret = url is null ? null : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await SaveAsync("webhook_url", account, url, cancellationToken);
        await SaveAsync("webhook_secret", account, secret is null ? null : protector.Protect(secret), cancellationToken);
        return secret;
    }

    private async Task SaveAsync<T>(string column, AccountId account, T value, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            $"""
            insert into notice_settings (account_id, {column}) values (@Account, @value)
            on conflict (account_id) do update set {column} = excluded.{column}
            """,
            new { Account = account.Value, value },
            cancellationToken: cancellationToken));
    }
}
