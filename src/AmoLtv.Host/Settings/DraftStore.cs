using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;
using AmoLtv.Host.CommandLine;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Settings;

/// <summary>Drafts of settings, one a user: a wizard left in the middle goes on there.</summary>
public sealed class DraftStore(NpgsqlDataSource database, TimeProvider time)
{
    private const int LongestStep = 40;

    /// <summary>The user's draft; null where there is none.</summary>
    public async Task<SettingsDraft?> FindAsync(AccountId account, UserId user, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<(int BasedOn, string Step, string Settings, DateTime UpdatedAt)?>(new CommandDefinition(
            "select based_on, step, settings::text, updated_at from settings_drafts where account_id = @Account and user_id = @User",
            new { Account = account.Value, User = user.Value },
            cancellationToken: cancellationToken));
        return row is { } draft ? new SettingsDraft(draft.BasedOn, draft.Step, SettingsJson.Read(draft.Settings), new DateTimeOffset(draft.UpdatedAt)) : null;
    }

    /// <exception cref="CommandFailedException">The step has no usable name.</exception>
    public async Task SaveAsync(
        AccountId account, UserId user, int basedOn, string step, AccountSettings settings, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(step) || step.Length > LongestStep || step.Any(char.IsControl))
        {
            throw new CommandFailedException("The step of the draft has no usable name.");
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into settings_drafts (account_id, user_id, based_on, step, settings, updated_at)
            values (@Account, @User, @basedOn, @step, @Settings::jsonb, @Now)
            on conflict (account_id, user_id) do update
            set based_on = excluded.based_on, step = excluded.step, settings = excluded.settings, updated_at = excluded.updated_at
            """,
            new { Account = account.Value, User = user.Value, basedOn, step, Settings = SettingsJson.Write(settings), Now = time.GetUtcNow() },
            cancellationToken: cancellationToken));
    }

    public async Task DeleteAsync(AccountId account, UserId user, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await DeleteAsync(connection, account, user, cancellationToken);
    }

    public static Task DeleteAsync(NpgsqlConnection connection, AccountId account, UserId user, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            "delete from settings_drafts where account_id = @Account and user_id = @User",
            new { Account = account.Value, User = user.Value },
            cancellationToken: cancellationToken));
}
