using System.Data;
using AmoLtv.Core.Identity;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Installing;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Exporting;

/// <summary>
/// Writes everything that is stored of an account into files, table by table as the database's catalog lists them. Rows go from the
/// database to the file one at a time, so that an account of any size needs the same memory; all are of one moment.
/// </summary>
public sealed class AccountExport(NpgsqlDataSource database)
{
    private const string LeftOutBecause =
        "Secrets: tokens and secrets are stored encrypted, codes and sessions as hashes. They are of no use outside this service.";

    /// <param name="account">Connected or not.</param>
    /// <param name="path">A folder that is empty or can be made.</param>
    /// <param name="cancellationToken">Ends the call; what was written stays, without a manifest.</param>
    /// <exception cref="CommandFailedException">Nothing is stored of the account, or the folder cannot be used.</exception>
    public async Task<ExportManifest> WriteAsync(AccountId account, string path, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        // Whatever runs meanwhile, the tables fit each other.
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await connection.ExecuteAsync("set transaction read only; set local time zone 'UTC'; set local datestyle to 'ISO'", transaction: transaction);
        var (takenAt, version) = await connection.QuerySingleAsync<(DateTime TakenAt, int Version)>(
            "select transaction_timestamp(), (select coalesce(max(number), 0) from schema_migrations)", transaction: transaction);
        if ((await AccountTables.CountAsync(connection, account, cancellationToken)).Count == 0)
        {
            throw new CommandFailedException($"Nothing is stored of account {account}. Accounts there are: amoltv accounts");
        }

        var folder = ExportFolder.Create(path);
        var tables = new List<ExportedTable>();
        foreach (var table in await AccountTables.ListAsync(connection, cancellationToken))
        {
            tables.Add(await WriteAsync(connection, folder, table, account, cancellationToken));
        }

        var manifest = new ExportManifest(account.Value, new DateTimeOffset(takenAt), version, LeftOutBecause, tables);
        await folder.FinishAsync(manifest, cancellationToken);
        return manifest;
    }

    private static async Task<ExportedTable> WriteAsync(
        NpgsqlConnection connection, ExportFolder folder, AccountTable table, AccountId account, CancellationToken cancellationToken)
    {
        List<string> columns = [.. table.Columns.Except(table.BinaryColumns, StringComparer.Ordinal)];
        var order = table.Key.Count == 0 ? "" : $" order by {string.Join(", ", table.Key.Select(AccountTable.Quote))}";
        var rows = $"select {string.Join(", ", columns.Select(AccountTable.Quote))} from {table.Quoted} where {table.Of(account)}{order}";
        var count = await WriteJsonAsync(connection, rows, folder.JsonFile(table.Name), cancellationToken);
        if (count > 0)
        {
            await WriteCsvAsync(connection, rows, folder.CsvFile(table.Name), cancellationToken);
        }

        return new ExportedTable(table.Name, count, columns, table.BinaryColumns);
    }

    /// <summary>A list of objects, one a line.</summary>
    private static async Task<long> WriteJsonAsync(NpgsqlConnection connection, string rows, string path, CancellationToken cancellationToken)
    {
        // One object a line as the database writes it: neither sign of the format occurs in JSON, so nothing of it is quoted; and a line's end
        // is no more than space between its values.
        using var reader = await connection.BeginTextExportAsync(
            $"copy (select translate(row_to_json(row_)::text, e'\\r\\n', '  ') from ({rows}) row_) to stdout (format csv, quote e'\\x01', delimiter e'\\x02')", cancellationToken);
        if (await reader.ReadLineAsync(cancellationToken) is not { } first)
        {
            return 0;
        }

        await using var file = ExportFolder.Open(path);
        await file.WriteAsync($"[\n{first}".AsMemory(), cancellationToken);
        long count = 1;
        while (await reader.ReadLineAsync(cancellationToken) is { } row)
        {
            await file.WriteAsync(",\n".AsMemory(), cancellationToken);
            await file.WriteAsync(row.AsMemory(), cancellationToken);
            count++;
        }

        await file.WriteAsync("\n]\n".AsMemory(), cancellationToken);
        return count;
    }

    private static async Task WriteCsvAsync(NpgsqlConnection connection, string rows, string path, CancellationToken cancellationToken)
    {
        using var reader = await connection.BeginTextExportAsync($"copy ({rows}) to stdout (format csv, header)", cancellationToken);
        await using var file = ExportFolder.Open(path);
        var piece = new char[1 << 15];
        for (var read = await reader.ReadAsync(piece, cancellationToken); read > 0; read = await reader.ReadAsync(piece, cancellationToken))
        {
            await file.WriteAsync(piece.AsMemory(0, read), cancellationToken);
        }
    }
}
