using Dapper;
using Npgsql;

namespace AmoLtv.Host.CommandLine.Doctor;

/// <summary>This machine's clock against the database's; never a sandbox's.</summary>
internal sealed class DatabaseClockCheck(NpgsqlDataSource database) : ICheck
{
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var before = TimeProvider.System.GetUtcNow();
        var there = await connection.ExecuteScalarAsync<DateTime>(new CommandDefinition("select clock_timestamp()", cancellationToken: cancellationToken));
        var after = TimeProvider.System.GetUtcNow();
        return [ClockRule.Judge(new DateTimeOffset(there) - (before + ((after - before) / 2)), "the database's")];
    }
}
