using AmoLtv.Host.Database;
using AmoLtv.Testing;
using Npgsql;

namespace AmoLtv.Host.Tests.Faults;

/// <summary>The database's disk is full: nothing half-written is believed, and the next run with room does everything.</summary>
[TestFixture]
[Category("Slow")]
public sealed class FullDiskTests
{
    [Test]
    public async Task Run_on_a_full_disk_fails_by_that_name_writes_nothing_wrong_and_the_next_one_with_room_does_everything()
    {
        await using var disk = await SmallDisk.MountAsync();
        await using var cluster = await PostgresCluster.StartAsync();
        await disk.GiveAsync(Path.Combine(cluster.Folder, "postgres"));
        await using var service = await TroubledService.StartAsync(await CreateDatabaseAsync(cluster, disk));
        await disk.FillAsync(leftKilobytes: 1024);
        var full = await FailureAsync(service);
        var (card, said) = await service.OpenCardAsync();
        var wrong = service.WrongSums().Where(sum => !sum.EndsWith("nothing", StringComparison.Ordinal)).ToList();
        disk.Empty();
        var roomy = await service.RunAsync();

        Assert.That(full, Does.Contain("the disk of the database is full").Or.Contain("No space left on device").Or.Contain("could not write"));
        Assert.That(wrong, Is.Empty, "What was written was not right.");
        Assert.That(card, Is.EqualTo(System.Net.HttpStatusCode.OK).Or.EqualTo(System.Net.HttpStatusCode.ServiceUnavailable), said);
        Assert.That(roomy.Error, Is.Null);
        Assert.That(service.WrongSums(), Is.Empty);
        Assert.That(await service.CountAsync("select count(*) from leads"), Is.EqualTo(TroubledService.Account.Leads));
    }

    private static async Task<string?> FailureAsync(TroubledService service)
    {
        try
        {
            return (await service.RunAsync()).Error;
        }
        catch (NpgsqlException failure) when (ServerTrouble.IsCauseOf(failure))
        {
            // There was no room even to write down how it ended: the next run finds it interrupted.
            return failure.Message;
        }
    }

    private static async Task<string> CreateDatabaseAsync(PostgresCluster cluster, SmallDisk disk)
    {
        var plain = await cluster.CreateDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(plain);
        await using (var tablespace = source.CreateCommand($"create tablespace small location '{disk.Tablespace}'"))
        {
            await tablespace.ExecuteNonQueryAsync();
        }

        await using (var database = source.CreateCommand("create database small tablespace small"))
        {
            await database.ExecuteNonQueryAsync();
        }

        return new NpgsqlConnectionStringBuilder(plain) { Database = "small" }.ConnectionString;
    }
}
