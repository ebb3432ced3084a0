using System.Globalization;
using System.Text;
using AmoLtv.Host.Webhooks;
using AmoLtv.Testing;
using Dapper;
using Npgsql;

namespace AmoLtv.Benchmarks;

/// <summary>
/// A flood of webhooks against the service as a process of its own, with a PostgreSQL that waits for its disk, all on one machine with
/// what sends them; then SIGKILL right after the last answer, and a count of what was kept.
/// </summary>
internal static class HookMeasurement
{
    private const long Account = 12345678;

    public static async Task RunAsync(string? file)
    {
        var text = new StringBuilder("# Webhooks, measured\n\n");
        void Line(string line)
        {
            Console.WriteLine(line);
            text.Append(line).Append('\n');
        }

        Line(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors, .NET {Environment.Version}; service, PostgreSQL with its default settings, and the sender on one machine. Milliseconds from when a hook was due to its answer. After the last answer the service is killed."));
        Line("");
        Line("| a second | seconds | answered | other than 200 | median | 99 % | longest | answered and not kept |");
        Line("| --- | --- | --- | --- | --- | --- | --- | --- |");
        await using var server = MeasuredServer.Start();
        foreach (var (perSecond, seconds) in new[] { (100, 30), (2000, 30) })
        {
            Line(await MeasureAsync(server.ConnectionString, perSecond, TimeSpan.FromSeconds(seconds)));
        }

        if (file is not null)
        {
            await File.WriteAllTextAsync(file, text.ToString());
        }
    }

    private static async Task<string> MeasureAsync(string connectionString, int perSecond, TimeSpan time)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        await using var service = ServiceProcess.Start(Settings(connectionString, address), "serve", "--urls", address.ToString());
        await service.AwaitReadyAsync(address);
        var secret = await SubscribeAsync(connectionString);
        using var flood = new HookFlood(address, secret, Account);
        await flood.Requests.SendAsync(1, 50, TimeSpan.FromSeconds(2));
        await flood.Requests.SendAsync(1_000_000, perSecond, time);
        await service.KillAsync();
        var measured = flood.Requests.Measure();
        var lost = await LostAsync(connectionString, flood.Requests.Answered);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {perSecond:N0} | {time.TotalSeconds:0} | {measured.Answers:N0} | {measured.Others} | {measured.Median:0.0} | {measured.P99:0.0} | {measured.Longest:0.0} | {lost} |");
    }

    private static Dictionary<string, string> Settings(string connectionString, Uri address) => new(StringComparer.Ordinal)
    {
        ["DOTNET_ENVIRONMENT"] = "Development",
        ["Database__ConnectionString"] = connectionString,
        ["Integrations__0__ClientId"] = "11111111-2222-3333-4444-555555555555",
        ["Integrations__0__ClientSecret"] = new string('0', 64),
        ["Integrations__0__RedirectUri"] = new Uri(address, "oauth/callback").ToString(),
        ["Keys__Folder"] = Path.Combine(Path.GetTempPath(), "amoltv-bench-keys"),
        ["Logging__LogLevel__Default"] = "Warning",
    };

    private static async Task<string> SubscribeAsync(string connectionString)
    {
        var secret = HookSecret.Make();
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.ExecuteAsync(
            """
            delete from change_marks;
            insert into accounts (account_id, base_uri, brand) values (@Account, 'https://acme.amocrm.ru', 'amocrm') on conflict do nothing;
            insert into webhook_subscriptions (account_id, secret, secret_hash, status, not_before) values (@Account, '', @Hash, 'active', 'infinity')
            on conflict (account_id) do update set secret_hash = excluded.secret_hash
            """,
            new { Account, Hash = HookSecret.Hash(secret) });
        return secret;
    }

    private static async Task<int> LostAsync(string connectionString, IEnumerable<long> answered)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        var kept = (await connection.QueryAsync<long>("select entity_id from change_marks")).ToHashSet();
        return answered.Count(lead => !kept.Contains(lead));
    }
}
