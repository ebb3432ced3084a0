using System.Net;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Observing;
using AmoLtv.Sandbox;
using AmoLtv.Testing;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Tests.Observing;

/// <summary>Living and being ready are told apart, and neither tells of the inside.</summary>
[TestFixture, Category("Slow")]
public sealed class HealthTests
{
    [Test]
    public async Task Service_without_its_database_lives_and_is_not_ready_until_it_is_back()
    {
        await using var cluster = await PostgresCluster.StartAsync();
        await using var server = await HostServer.StartAsync(new SandboxOptions { Companies = 1, Leads = 1 }, ("Database:ConnectionString", await cluster.CreateDatabaseAsync()));
        await ReadyAsync(server);

        await cluster.StopServerAsync();
        await HostServer.EventuallyAsync(async () => await AskAsync(server, "health/ready") is (HttpStatusCode.ServiceUnavailable, _));
        var (status, words) = await AskAsync(server, "health/ready");
        var alive = await AskAsync(server, "health/live");
        await cluster.StartServerAsync();
        await ReadyAsync(server);

        Assert.That(status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(words, Does.StartWith("Unhealthy: ").And.Contain("database").And.Contain("migrations"));
        Assert.That(words, Does.Match("^Unhealthy: [a-z-]+(, [a-z-]+)*$"), "Names alone: neither an address nor what went wrong.");
        Assert.That(alive, Is.EqualTo((HttpStatusCode.OK, "Healthy")));
    }

    [Test]
    public async Task Service_that_lacks_a_migration_or_its_keys_is_not_ready()
    {
        await using var server = await HostServer.StartAsync(new SandboxOptions { Companies = 1, Leads = 1 });
        await ReadyAsync(server);
        await using var connection = await server.Database.OpenConnectionAsync();

        var row = await connection.QuerySingleAsync<string>("delete from schema_migrations where number = (select max(number) from schema_migrations) returning number || '/' || name || '/' || checksum");
        await HostServer.EventuallyAsync(async () => await AskAsync(server, "health/ready") == (HttpStatusCode.ServiceUnavailable, "Unhealthy: migrations"));
        var parts = row.Split('/');
        await connection.ExecuteAsync(
            "insert into schema_migrations (number, name, checksum) values (@Number, @Name, @Checksum)",
            new { Number = int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), Name = parts[1], Checksum = parts[2] });
        await connection.ExecuteAsync("insert into schema_migrations (number, name, checksum) values (9999, 'of_a_newer_program', '')");
        await ReadyAsync(server);

        var folder = server.Services.GetRequiredService<IOptions<KeyOptions>>().Value.Folder!;
        foreach (var key in Directory.GetFiles(folder, "key-*.xml"))
        {
            File.Delete(key);
        }

        await HostServer.EventuallyAsync(async () => await AskAsync(server, "health/ready") == (HttpStatusCode.ServiceUnavailable, "Unhealthy: keys"));
    }

    [Test]
    public async Task Service_that_stops_takes_no_new_work()
    {
        await using var server = await HostServer.StartAsync(new SandboxOptions { Companies = 1, Leads = 1 });
        await ReadyAsync(server);
        var checks = server.Services.GetRequiredService<HealthCheckService>();

        server.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        var report = await checks.CheckHealthAsync(check => check.Name == "stopping");

        Assert.That(report.Status, Is.EqualTo(HealthStatus.Unhealthy));
    }

    [Test]
    public async Task Flood_of_questions_is_one_look_at_the_database_a_second()
    {
        await using var server = await HostServer.StartAsync(new SandboxOptions { Companies = 1, Leads = 1 });
        var readiness = server.Services.GetRequiredService<Readiness>();
        var began = TimeProvider.System.GetTimestamp();

        var reports = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => readiness.AskAsync()));

        Assert.That(reports.Distinct().Count(), Is.LessThanOrEqualTo(1 + TimeProvider.System.GetElapsedTime(began).TotalSeconds));
    }

    private static Task ReadyAsync(HostServer server) =>
        HostServer.EventuallyAsync(async () => await AskAsync(server, "health/ready") == (HttpStatusCode.OK, "Healthy"));

    private static async Task<(HttpStatusCode Status, string Words)> AskAsync(HostServer server, string path)
    {
        using var answer = await server.Http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.That(answer.Headers.CacheControl?.NoStore, Is.True);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
