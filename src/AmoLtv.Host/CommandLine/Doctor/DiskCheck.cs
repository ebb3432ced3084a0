using System.Globalization;
using AmoLtv.Host.Installing;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AmoLtv.Host.CommandLine.Doctor;

/// <summary>Room for keys, and for the database where its folder can be seen from here.</summary>
internal sealed class DiskCheck(NpgsqlDataSource database, IOptions<KeyOptions> keys) : ICheck
{
    public const string Name = "disk";

    private const long Gigabyte = 1L << 30;
    private const long Tight = Gigabyte;
    private const long Full = Gigabyte / 10;

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        if (keys.Value.Folder is { } folder)
        {
            findings.Add(Judge("keys", Path.GetFullPath(folder), Free(Path.GetFullPath(folder))));
        }

        try
        {
            findings.Add(await LookAtDatabaseAsync(cancellationToken));
        }
        catch (NpgsqlException)
        {
            findings.Add(Finding.Warning(Name, "How large the database is, it does not say.", "Mend the database first."));
        }

        return findings;
    }

    /// <param name="free">Bytes.</param>
    internal static Finding Judge(string what, string folder, long free)
    {
        var words = $"{Size(free)} are free where {what} lie ({folder}).";
        return free < Full
            ? Finding.Failed(Name, words, "Make room: a full disk stops the service.")
            : free < Tight ? Finding.Warning(Name, words, "Make room.") : Finding.Ok(Name, words);
    }

    private static long Free(string folder) => new DriveInfo(folder).AvailableFreeSpace;

    private static string Size(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{(double)bytes / Gigabyte:0.0} GB");

    private async Task<Finding> LookAtDatabaseAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var (size, folder) = await connection.QuerySingleAsync<(long Size, string? Folder)>(new CommandDefinition(
            """
            select pg_database_size(current_database()),
                   case when pg_has_role('pg_read_all_settings', 'member') then current_setting('data_directory') end
            """,
            cancellationToken: cancellationToken));
        return folder is not null && Directory.Exists(folder)
            ? Judge($"the database's {Size(size)}", folder, Free(folder))
            : Finding.Warning(Name, $"The database takes {Size(size)}; the room on its disk cannot be seen from here.", "Look with df where PostgreSQL lies.");
    }
}
