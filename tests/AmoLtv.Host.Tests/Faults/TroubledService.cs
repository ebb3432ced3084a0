using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Running;
using AmoLtv.Host.Scheduling;
using AmoLtv.Host.Tests.Cards;
using AmoLtv.Host.WritingBack;
using AmoLtv.Sandbox;
using AmoLtv.Sandbox.State;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AmoLtv.Host.Tests.Faults;

/// <summary>A service that writes back, on a database which a test may take away, and what a person sees of it.</summary>
internal sealed class TroubledService(HostServer server, NpgsqlDataSource witness) : IAsyncDisposable
{
    private const string Bought = "AMOLTV_BOUGHT";

    private readonly CardCaller _cards = new(server);

    /// <summary>Noon by the CRM, hours from any account's night.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);

    public static readonly SandboxOptions Account = new SandboxOptions { Seed = 12, Companies = 60, Leads = 600, Until = new DateOnly(2026, 11, 1), Now = Noon }.Hurried();

    public HostServer Server => server;

    /// <summary>A card that is opened.</summary>
    public long Company { get; private set; }

    /// <summary>Starts it, connects its account and lets it write; nothing has been run yet.</summary>
    public static async Task<TroubledService> StartAsync(string connectionString, params (string Key, string Value)[] settings)
    {
        var server = await HostServer.StartAsync(Account, [("Database:ConnectionString", connectionString), .. settings]);
        await server.InstallAsync();
        await server.Services.GetRequiredService<WriteBackEnabling>().EnableAsync(server.Account, CancellationToken.None);
        // Without a pool: what a test looks at does not remember that the server was away.
        var unpooled = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        var service = new TroubledService(server, NpgsqlDataSource.Create(unpooled.ConnectionString));
        service.Company = service.FirstCompany();
        return service;
    }

    /// <summary>Opens the card.</summary>
    /// <returns>The status, and the version of what is shown or the code of the refusal.</returns>
    public async Task<(HttpStatusCode Status, string? Said)> OpenCardAsync()
    {
        using var answer = await _cards.SendAsync(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"api/cards/companies/{Company}"));
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (answer.StatusCode, body.GetProperty(answer.IsSuccessStatusCode ? "version" : "code").GetString());
    }

    /// <summary>What people do in the CRM: cards are edited, leads won and lost.</summary>
    public async Task EditAsync(int seed)
    {
        using var made = await server.Crm.PostAsJsonAsync("sandbox/edits", new { seed, count = 40, kinds = new[] { "win", "move" } });
        made.EnsureSuccessStatusCode();
    }

    /// <summary>Each page of the CRM comes late, so that a run has a middle.</summary>
    public async Task SlowCrmAsync(int milliseconds)
    {
        using var ordered = await server.Crm.PostAsJsonAsync("sandbox/faults", new { kind = "latency", path = "/api/v4/*", method = "GET", ms = milliseconds, count = 1000 });
        ordered.EnsureSuccessStatusCode();
    }

    public async Task HealCrmAsync() => (await server.Crm.DeleteAsync(new Uri("sandbox/faults", UriKind.Relative))).EnsureSuccessStatusCode();

    public async Task MoveClockAsync(TimeSpan by) =>
        (await server.Crm.PostAsJsonAsync("sandbox/clock", new { advanceSeconds = by.TotalSeconds })).EnsureSuccessStatusCode();

    /// <summary>Asks the schedule for a run, as the page's button does, and waits until it is in the middle of its work.</summary>
    public async Task BeginRunAsync()
    {
        var schedules = server.Services.GetRequiredService<AccountSchedules>();
        await schedules.AddAsync(server.Account, CancellationToken.None);
        await schedules.RunNowAsync(server.Account, RunCause.Manual, CancellationToken.None);
        await HostServer.EventuallyAsync(async () => await CountAsync("select count(*) from run_steps where status = 'running' and step = 'sync'") == 1);
    }

    /// <summary>A run of everything in this process, however it ends.</summary>
    public Task<RunOutcome> RunAsync() => server.Services.GetRequiredService<AccountRunner>().RunAsync(
        server.Account, new RunRequest(RunCause.Command, RunSteps.All, null, TimeSpan.FromMinutes(2)), null, CancellationToken.None);

    public async Task<long> CountAsync(string sql)
    {
        await using var connection = await witness.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>(sql);
    }

    public async Task<string?> TextAsync(string sql)
    {
        await using var connection = await witness.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<string?>(sql);
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await witness.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
    }

    /// <summary>Companies whose field does not hold what the CRM's own leads add up to: won, with a price, of the company.</summary>
    public IReadOnlyList<string> WrongSums()
    {
        var state = server.Sandbox.State;
        lock (state.Gate)
        {
            var field = state.FieldsOf(EntityKind.Companies).Single(field => field.Code == Bought).Id;
            var sums = state.Leads.All.Where(lead => lead is { IsDeleted: false, StatusId: Lead.Won, Price: > 0, CompanyId: not null })
                .GroupBy(lead => lead.CompanyId!.Value).ToDictionary(company => company.Key, company => company.Sum(lead => lead.Price));
            return
            [
                .. from company in state.Companies.All
                   where sums.ContainsKey(company.Id)
                   let said = company.Fields.Where(held => held.FieldId == field).Select(held => held.Values[0].Text).FirstOrDefault()
                   where said is null || decimal.Parse(said, CultureInfo.InvariantCulture) != sums[company.Id]
                   select $"company {company.Id}: bought {sums[company.Id]}, the field says {said ?? "nothing"}",
            ];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await witness.DisposeAsync();
        await server.DisposeAsync();
    }

    private long FirstCompany()
    {
        lock (server.Sandbox.State.Gate)
        {
            return server.Sandbox.State.Leads.All.First(lead => lead is { IsDeleted: false, StatusId: Lead.Won, Price: > 0, CompanyId: not null }).CompanyId!.Value;
        }
    }
}
