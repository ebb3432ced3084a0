using AmoLtv.Core.Identity;
using AmoLtv.Host.Analytics.Answers;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Tests.Analytics;

[TestFixture]
public sealed class DocumentReaderTests
{
    [Test]
    public async Task Answer_is_old_after_the_next_analysis_and_after_settings_it_shows_were_saved()
    {
        await using var database = NpgsqlDataSource.Create(await DatabaseServer.CreateMigratedDatabaseAsync());
        await using var connection = await database.OpenConnectionAsync();
        var versions = new List<string?> { await VersionAsync(database) };
        foreach (var change in new[]
        {
            "insert into account_analyses (account_id, run_id, kind, document, calculated_at) values (77, 1, 'quality', '{}', now())",
            "insert into settings_versions (account_id, version, settings, saved_by, saved_at) values (77, 1, '{}', '5', now())",
            "insert into account_analyses (account_id, run_id, kind, document, calculated_at) values (77, 2, 'quality', '{}', now())",
        })
        {
            await connection.ExecuteAsync(change);
            versions.Add(await VersionAsync(database));
        }

        await connection.ExecuteAsync("insert into settings_versions (account_id, version, settings, saved_by, saved_at) values (78, 9, '{}', '5', now())");

        Assert.That(versions[0], Is.Null);
        Assert.That(versions, Is.Unique);
        Assert.That(await VersionAsync(database), Is.EqualTo(versions[^1]), "another account's settings are not shown");
    }

    private static Task<string?> VersionAsync(NpgsqlDataSource database) =>
        new DocumentReader(database).VersionAsync(new AccountId(77), CancellationToken.None);
}
