using AmoLtv.Core.Identity;
using AmoLtv.Core.Tasks;
using AmoLtv.Host.CommandLine;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Tasks;

/// <summary>SQL of which tasks an account wants.</summary>
public sealed class TaskSettingsStore(NpgsqlDataSource database)
{
    /// <summary>The settings, and the run up to which moves were looked at; the defaults where nothing was saved.</summary>
    public async Task<(TaskSettings Settings, long? SeenRun)> GetAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await GetAsync(connection, account, cancellationToken);
    }

    /// <inheritdoc cref="GetAsync(AccountId, CancellationToken)"/>
    public async Task<(TaskSettings Settings, long? SeenRun)> GetAsync(
        NpgsqlConnection connection, AccountId account, CancellationToken cancellationToken)
    {
        var row = await connection.QuerySingleOrDefaultAsync<(bool IsEnabled, int Cap, int Tiers, bool OnSlipping, bool OnTier, int Due, long? Seen)?>(
            new CommandDefinition(
                "select is_enabled, daily_cap, top_tiers, on_slipping, on_tier, due_days, seen_run from task_settings where account_id = @Account",
                new { Account = account.Value },
                cancellationToken: cancellationToken));
        return row is { } saved
            ? (new TaskSettings(saved.IsEnabled, saved.Cap, saved.Tiers, saved.OnSlipping, saved.OnTier, saved.Due), saved.Seen)
            : (new TaskSettings(), null);
    }

    /// <summary>Saves the settings. When tasks are switched on, only what moves from then on counts.</summary>
    /// <exception cref="CommandFailedException">A number is out of its range.</exception>
    public async Task SaveAsync(AccountId account, TaskSettings settings, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await SaveAsync(connection, account, settings, cancellationToken);
    }

    /// <inheritdoc cref="SaveAsync(AccountId, TaskSettings, CancellationToken)"/>
    public async Task SaveAsync(NpgsqlConnection connection, AccountId account, TaskSettings settings, CancellationToken cancellationToken)
    {
        Check("cap", settings.DailyCap, 1, 1000);
        Check("tiers", settings.TopTiers, 1, 6);
        Check("due-days", settings.DueDays, 0, 60);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into task_settings (account_id, is_enabled, daily_cap, top_tiers, on_slipping, on_tier, due_days, seen_run)
            values (@Account, @IsEnabled, @DailyCap, @TopTiers, @OnSlipping, @OnTier, @DueDays,
                    case when @IsEnabled then (select max(run_id) from account_values where account_id = @Account) end)
            on conflict (account_id) do update
            set is_enabled = excluded.is_enabled, daily_cap = excluded.daily_cap, top_tiers = excluded.top_tiers,
                on_slipping = excluded.on_slipping, on_tier = excluded.on_tier, due_days = excluded.due_days,
                seen_run = case when task_settings.is_enabled and excluded.is_enabled then task_settings.seen_run else excluded.seen_run end
            """,
            new
            {
                Account = account.Value,
                settings.IsEnabled,
                settings.DailyCap,
                settings.TopTiers,
                settings.OnSlipping,
                settings.OnTier,
                settings.DueDays,
            },
            cancellationToken: cancellationToken));
    }

    private static void Check(string name, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            throw new CommandFailedException($"--{name} {value} is not allowed; {least} to {most}.");
        }
    }
}
