using AmoLtv.Core.Identity;
using AmoLtv.Core.Valuation;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Settings;

/// <summary>Changes what channels cost, each change with its trace: what stood before, so that it can be taken back.</summary>
public sealed class SpendChangeStore(NpgsqlDataSource database, TimeProvider time)
{
    public const string Cell = "cell";
    public const string Import = "import";
    public const string Undo = "undo";

    /// <summary>Makes a change of what is entered at that moment; nobody else changes it meanwhile.</summary>
    /// <param name="connection">In a transaction.</param>
    /// <param name="account">The account.</param>
    /// <param name="user">Who.</param>
    /// <param name="kind"><see cref="Cell"/> or <see cref="Import"/>.</param>
    /// <param name="note">Name of the file.</param>
    /// <param name="plan">Gives the cells to change from what is entered; null: nothing is changed.</param>
    /// <param name="cancellationToken">Ends the call; then nothing is changed.</param>
    /// <returns>Number of the change; 0 where no cell differs; null where the plan gave nothing.</returns>
    public async Task<long?> ChangeAsync(
        NpgsqlConnection connection, AccountId account, UserId user, string kind, string note,
        Func<IReadOnlyList<ChannelSpend>, IReadOnlyList<SpendLine>?> plan, CancellationToken cancellationToken)
    {
        await LockAsync(connection, account, cancellationToken);
        return plan(await ListAsync(connection, account, cancellationToken)) switch
        {
            null => null,
            [] => 0,
            var lines => await SaveAsync(connection, account, user, kind, note, lines, cancellationToken),
        };
    }

    /// <summary>
    /// Takes a change back: cells that nobody has changed since are as they were before it. Where none is left to put back, the change
    /// stays as it is: it can be taken back later, once the others are.
    /// </summary>
    /// <param name="connection">In a transaction.</param>
    /// <param name="account">The account.</param>
    /// <param name="user">Who.</param>
    /// <param name="change">Number of the change.</param>
    /// <param name="cancellationToken">Ends the call; then nothing is changed.</param>
    /// <returns>Cells put back and cells left as they are; null where there is no such change, or it was taken back already.</returns>
    public async Task<(int Restored, int Kept)?> UndoAsync(
        NpgsqlConnection connection, AccountId account, UserId user, long change, CancellationToken cancellationToken)
    {
        await LockAsync(connection, account, cancellationToken);
        var key = new { Account = account.Value, change, By = user.ToString(), Now = time.GetUtcNow() };
        if (await connection.ExecuteScalarAsync<string>(Command(
            "select note from spend_changes where account_id = @Account and change_id = @change and undone_at is null", key, cancellationToken)) is not { } note)
        {
            return null;
        }

        var known = (await ListAsync(connection, account, cancellationToken)).ToDictionary(row => (row.Channel, row.Month), row => (decimal?)row.Amount);
        var made = (await connection.QueryAsync<(string Channel, DateOnly Month, decimal? Before, decimal? After)>(Command(
            "select channel, month, before, after from spend_change_rows where account_id = @Account and change_id = @change", key, cancellationToken))).ToList();
        var back = made.FindAll(row => known.GetValueOrDefault((row.Channel, row.Month)) == row.After)
            .ConvertAll(row => new SpendLine(0, row.Channel, row.Month, row.After, row.Before));
        if (back.Count > 0)
        {
            await connection.ExecuteAsync(Command(
                "update spend_changes set undone_by = @By, undone_at = @Now where account_id = @Account and change_id = @change", key, cancellationToken));
            await SaveAsync(connection, account, user, Undo, note, back, cancellationToken);
        }

        return (back.Count, made.Count - back.Count);
    }

    /// <summary>Changes, the newest first.</summary>
    public async Task<IReadOnlyList<SpendChange>> ListAsync(AccountId account, long? before, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(long Id, string Kind, string By, DateTime At, string Note, int Cells, string? UndoneBy, DateTime? UndoneAt)>(
            new CommandDefinition(
                """
                select c.change_id, c.kind, c.made_by, c.made_at, c.note,
                       (select count(*)::int from spend_change_rows r where r.account_id = c.account_id and r.change_id = c.change_id),
                       c.undone_by, c.undone_at
                from spend_changes c
                where c.account_id = @Account and (@before::bigint is null or c.change_id < @before)
                order by c.change_id desc
                limit @limit
                """,
                new { Account = account.Value, before, limit },
                cancellationToken: cancellationToken));
        return [.. rows.Select(row => new SpendChange(row.Id, row.Kind, row.By, new DateTimeOffset(row.At), row.Note, row.Cells, row.UndoneBy, row.UndoneAt is { } undone ? new DateTimeOffset(undone) : null))];
    }

    /// <summary>One change of an account at a time: what stands before it is what it was made from.</summary>
    private static Task<int> LockAsync(NpgsqlConnection connection, AccountId account, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(Command(
            "select pg_advisory_xact_lock(hashtextextended('amoltv.spend', @Account))", new { Account = account.Value }, cancellationToken));

    private static async Task<IReadOnlyList<ChannelSpend>> ListAsync(
        NpgsqlConnection connection, AccountId account, CancellationToken cancellationToken) =>
    [
        .. (await connection.QueryAsync<(string Channel, DateOnly Month, decimal Amount)>(Command(
            "select channel, month, amount from channel_spend where account_id = @Account order by channel, month",
            new { Account = account.Value }, cancellationToken))).Select(row => new ChannelSpend(row.Channel, row.Month, row.Amount)),
    ];

    private async Task<long> SaveAsync(
        NpgsqlConnection connection, AccountId account, UserId user, string kind, string note,
        IReadOnlyList<SpendLine> lines, CancellationToken cancellationToken) =>
        await connection.ExecuteScalarAsync<long>(Command(
            """
            create temporary table changed_spend on commit drop as
            select channel, month, before, after from unnest(@Channels, @Months, @Befores, @Afters) line (channel, month, before, after);

            delete from channel_spend s using changed_spend c
            where s.account_id = @Account and s.channel = c.channel and s.month = c.month and c.after is null;

            insert into channel_spend (account_id, channel, month, amount)
            select @Account, channel, month, after from changed_spend where after is not null
            on conflict (account_id, channel, month) do update set amount = excluded.amount;

            with made as (
                insert into spend_changes (account_id, kind, made_by, made_at, note)
                values (@Account, @kind, @By, @Now, @note)
                returning change_id
            ), kept as (
                insert into spend_change_rows (account_id, change_id, channel, month, before, after)
                select @Account, made.change_id, c.channel, c.month, c.before, c.after from made cross join changed_spend c
            )
            select change_id from made;
            """,
            new
            {
                Account = account.Value,
                kind,
                note,
                By = user.ToString(),
                Now = time.GetUtcNow(),
                Channels = lines.Select(line => line.Channel).ToArray(),
                Months = lines.Select(line => line.Month).ToArray(),
                Befores = lines.Select(line => line.Before).ToArray(),
                Afters = lines.Select(line => line.After).ToArray(),
            },
            cancellationToken));

    private static CommandDefinition Command(string sql, object parameters, CancellationToken cancellationToken) =>
        new(sql, parameters, cancellationToken: cancellationToken);
}
