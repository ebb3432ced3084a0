using AmoLtv.Core.Identity;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Running;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.WritingBack;

/// <summary>SQL of how accounts are written to.</summary>
public sealed class WriteBackSettingsStore(NpgsqlDataSource database)
{
    public async Task<WriteBackSettings> GetAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await GetAsync(connection, account, cancellationToken);
    }

    public static async Task<WriteBackSettings> GetAsync(NpgsqlConnection connection, AccountId account, CancellationToken cancellationToken)
    {
        var row = await connection.QuerySingleAsync<(int? Cards, int? Minutes, long? PausedBy, string? Language)>(new CommandDefinition(
            """
            select s.cards_per_minute, s.minutes_a_run, s.paused_by_run, l.language
            from (select @Account::bigint as account_id) a
            left join write_back_settings s on s.account_id = a.account_id
            left join account_languages l on l.account_id = a.account_id
            """,
            new { Account = account.Value },
            cancellationToken: cancellationToken));
        return new WriteBackSettings(row.Cards, row.Minutes ?? 120, row.PausedBy is { } run ? new RunId(run) : null, row.Language);
    }

    /// <summary>Sets the rate of writing.</summary>
    /// <exception cref="CommandFailedException">A number is out of its range.</exception>
    public async Task SetRateAsync(AccountId account, int? cardsPerMinute, int? minutesARun, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await SetRateAsync(connection, account, cardsPerMinute, minutesARun, cancellationToken);
    }

    /// <inheritdoc cref="SetRateAsync(AccountId, int?, int?, CancellationToken)"/>
    public static Task SetRateAsync(
        NpgsqlConnection connection, AccountId account, int? cardsPerMinute, int? minutesARun, CancellationToken cancellationToken)
    {
        if (cardsPerMinute is < 1 or > 10_000)
        {
            throw new CommandFailedException($"{cardsPerMinute} cards a minute is not allowed; 1 to 10000, or none for as fast as the CRM permits.");
        }

        if (minutesARun is < 1 or > 1440)
        {
            throw new CommandFailedException($"{minutesARun} minutes a run is not allowed; 1 to 1440.");
        }

        return ExecuteAsync(
            connection,
            """
            insert into write_back_settings (account_id, cards_per_minute, minutes_a_run) values (@Account, @cardsPerMinute, coalesce(@minutesARun, 120))
            on conflict (account_id) do update
            set cards_per_minute = excluded.cards_per_minute, minutes_a_run = coalesce(@minutesARun, write_back_settings.minutes_a_run)
            """,
            new { Account = account.Value, cardsPerMinute, minutesARun },
            cancellationToken);
    }

    /// <param name="account">The account.</param>
    /// <param name="language"><c>ru</c>, <c>en</c>, or null for the brand's.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="CommandFailedException">Another language.</exception>
    public async Task SetLanguageAsync(AccountId account, string? language, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await SetLanguageAsync(connection, account, language, cancellationToken);
    }

    /// <inheritdoc cref="SetLanguageAsync(AccountId, string?, CancellationToken)"/>
    public static Task SetLanguageAsync(
        NpgsqlConnection connection, AccountId account, string? language, CancellationToken cancellationToken) => language switch
        {
            null => ExecuteAsync(connection, "delete from account_languages where account_id = @Account", new { Account = account.Value }, cancellationToken),
            "ru" or "en" => ExecuteAsync(
                connection,
                """
            insert into account_languages (account_id, language) values (@Account, @language)
            on conflict (account_id) do update set language = excluded.language
            """,
                new { Account = account.Value, language },
                cancellationToken),
            _ => throw new CommandFailedException($"'{language}' is no language of the texts; ru, en, or auto for the brand's."),
        };

    /// <summary>From now on only a write-back asked for by hand writes.</summary>
    public Task PauseAsync(RunContext run, CancellationToken cancellationToken) => ExecuteAsync(
        """
        insert into write_back_settings (account_id, paused_by_run) values (@Account, @Run)
        on conflict (account_id) do update set paused_by_run = excluded.paused_by_run
        """,
        new { Account = run.Account.Value, Run = run.Run.Value },
        cancellationToken);

    public Task ResumeAsync(AccountId account, CancellationToken cancellationToken) => ExecuteAsync(
        "update write_back_settings set paused_by_run = null where account_id = @Account", new { Account = account.Value }, cancellationToken);

    /// <summary>Whether somebody asked for this write-back alone, and so knows what it does.</summary>
    public async Task<bool> IsAskedForAsync(RunContext run, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select steps = array['write-back'] from runs where account_id = @Account and run_id = @Run",
            new { Account = run.Account.Value, Run = run.Run.Value },
            cancellationToken: cancellationToken));
    }

    private async Task ExecuteAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(connection, sql, parameters, cancellationToken);
    }

    private static Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, object parameters, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
}
