using System.Text;
using AmoLtv.Host.Running;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Observing;

/// <summary>Counts the accounts and what waits for them.</summary>
internal sealed class CensusReader(NpgsqlDataSource database, TimeProvider time)
{
    private const int TimeoutSeconds = 30;

    private static readonly string Sql = ReadSql();

    public async Task<Census> ReadAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var answers = await connection.QueryMultipleAsync(new CommandDefinition(
            Sql, new { Now = now, Ticks = now.UtcTicks, RestRule.Forgiven }, commandTimeout: TimeoutSeconds, cancellationToken: cancellationToken));
        return new Census(
            [.. await answers.ReadAsync<CountedAccounts>()],
            [.. await answers.ReadAsync<CountedQueue>()],
            [.. await answers.ReadAsync<CountedGrants>()],
            [.. await answers.ReadAsync<CountedCircuits>()],
            await answers.ReadSingleAsync<long>(),
            await answers.ReadSingleAsync<long>());
    }

    private static string ReadSql()
    {
        using var reader = new StreamReader(typeof(CensusReader).Assembly.GetManifestResourceStream("AmoLtv.Host.Observing.census.sql")!, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
