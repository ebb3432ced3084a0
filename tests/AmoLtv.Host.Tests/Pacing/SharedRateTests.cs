using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using AmoLtv.AmoCrm;
using AmoLtv.AmoCrm.OAuth;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;
using AmoLtv.Host.Pacing;
using AmoLtv.Sandbox;
using AmoLtv.Sandbox.State;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AmoLtv.Host.Tests.Pacing;

/// <summary>
/// Several processes at one account, measured at the CRM at ten times the usual rate. Alone on the machine: a processor that
/// others keep busy is no part of the rate.
/// </summary>
[TestFixture, NonParallelizable, Category("Slow")]
public sealed class SharedRateTests
{
    private const double Permitted = 60;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(8);

    private readonly List<ServiceProvider> _processes = [];
    private SandboxServer _crm = null!;
    private string _database = null!;
    private string _token = null!;
    private HttpClient _control = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _crm = await SandboxServer.StartAsync(new SandboxOptions { Companies = 30, Leads = 100, Rate = 70 });
        _control = new HttpClient { BaseAddress = _crm.Address };
        _database = await DatabaseServer.CreateMigratedDatabaseAsync();
        await using var connection = new NpgsqlConnection(_database);
        await connection.ExecuteAsync(
            "insert into accounts (account_id, base_uri, brand) values (@Id, @BaseUri, 'amocrm')",
            new { Id = _crm.AccountId, BaseUri = _crm.Address.GetLeftPart(UriPartial.Authority) });
        var integration = SandboxOptions.DefaultIntegration;
        using var installed = await _control.PostAsJsonAsync("sandbox/install", new { clientId = integration.ClientId });
        var code = (await installed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()!;
        var pair = await Process().GetRequiredService<OAuthClient>().ExchangeCodeAsync(
            new CrmIntegration(integration.ClientId, integration.Secret, new Uri(integration.RedirectUri)), _crm.Address, code, CancellationToken.None);
        _token = pair.AccessToken;
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        _control.Dispose();
        await _crm.DisposeAsync();
    }

    [Test]
    public async Task Two_nights_and_cards_in_three_processes_never_exceed_the_rate_and_the_database_is_asked_seldom()
    {
        await _control.DeleteAsync(new Uri("sandbox/statistics", UriKind.Relative));
        var company = new CompanyId(_crm.State.Companies.Living(SortBy.Id)[0].Id);
        var waits = new ConcurrentBag<TimeSpan>();
        using var end = new CancellationTokenSource(Span);
        var cards = Client(Process());

        List<Task> work = [.. Night(Client(Process()), company, end.Token), .. Night(Client(Process()), company, end.Token)];
        while (!end.IsCancellationRequested)
        {
            var began = TimeProvider.System.GetTimestamp();
            await cards.CanSeeAsync(EntityType.Company, company.Value, new UserId(_crm.State.Owner.Id), CancellationToken.None);
            waits.Add(TimeProvider.System.GetElapsedTime(began));
            await Task.Delay(100);
        }

        await Task.WhenAll(work);

        var statistics = await _control.GetFromJsonAsync<JsonElement>("sandbox/statistics");
        var requests = statistics.GetProperty("requests").GetInt32();
        await using var connection = new NpgsqlConnection(_database);
        var (leases, slots) = await connection.QuerySingleAsync<(long, long)>("select leases, slots from request_permits where client_id = @ClientId", new { SandboxOptions.DefaultIntegration.ClientId });
        await TestContext.Out.WriteLineAsync(
            $"{requests} requests in {Span.TotalSeconds} s of {Permitted * Span.TotalSeconds} permitted, {leases} leases of {slots} slots; the longest card took {waits.Max().TotalMilliseconds:0} ms.");
        Assert.That(statistics.GetProperty("throttled").GetInt32(), Is.Zero);
        Assert.That(requests, Is.InRange(Permitted * Span.TotalSeconds * 0.4, Permitted * (Span.TotalSeconds + 2)));
        Assert.That(leases, Is.LessThan(requests / 4));
        Assert.That(waits.Max(), Is.LessThan(TimeSpan.FromSeconds(8)));
    }

    [Test]
    public async Task Slots_are_given_once_whoever_asks()
    {
        var key = new BudgetKey("another client", _crm.Address);
        var demand = new PermitDemand(3, TimeSpan.FromSeconds(1 / Permitted), TimeSpan.FromHours(1), IsUrgent: false);
        var stores = Enumerable.Range(0, 4).Select(_ => Process().GetRequiredService<IRequestPermits>()).ToList();

        var answers = await Task.WhenAll(Enumerable.Range(0, 80).Select(one => stores[one % 4].LeaseAsync(key, demand, CancellationToken.None)));

        var starts = answers.Select(answer => answer!.Start!.Value).Order().ToList();
        Assert.That(starts.Zip(starts.Skip(1), (one, next) => next - one), Has.All.GreaterThanOrEqualTo(demand.Interval * 3 - TimeSpan.FromMilliseconds(0.01)));
    }

    [Test]
    public async Task Night_comes_back_later_where_enough_is_given_away_and_a_person_does_not()
    {
        var permits = Process().GetRequiredService<IRequestPermits>();
        var key = new BudgetKey("a third client", _crm.Address);
        var second = new PermitDemand((int)Permitted, TimeSpan.FromSeconds(1 / Permitted), TimeSpan.FromSeconds(0.75), IsUrgent: false);
        await permits.LeaseAsync(key, second, CancellationToken.None);

        var night = await permits.LeaseAsync(key, second, CancellationToken.None);
        var person = await permits.LeaseAsync(key, second with { Slots = 1, IsUrgent = true }, CancellationToken.None);

        Assert.That(night!.Start, Is.Null);
        Assert.That(person!.Start!.Value - person.Now, Is.LessThan(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public async Task Database_that_is_away_is_not_waited_for()
    {
        await using var nowhere = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=nobody;Database=none");
        await using var process = Process(nowhere);
        var began = TimeProvider.System.GetTimestamp();

        var seen = await Client(process).CanSeeAsync(
            EntityType.Company, _crm.State.Companies.Living(SortBy.Id)[0].Id, new UserId(_crm.State.Owner.Id), CancellationToken.None);

        Assert.That(seen, Is.True);
        Assert.That(TimeProvider.System.GetElapsedTime(began), Is.LessThan(TimeSpan.FromSeconds(30)));
    }

    private static IEnumerable<Task> Night(AmoCrmClient crm, CompanyId company, CancellationToken end) =>
        Enumerable.Range(0, 6).Select(async _ =>
        {
            while (!end.IsCancellationRequested)
            {
                await crm.GetCompanyAsync(company, new HashSet<FieldId>(), CancellationToken.None);
            }
        });

    private ServiceProvider Process()
    {
        var process = Process(NpgsqlDataSource.Create(_database));
        _processes.Add(process);
        return process;
    }

    private static ServiceProvider Process(NpgsqlDataSource database)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => database);
        services.AddPacing();
        services.AddAmoCrm(_ => new CrmTransportOptions(Permitted, TimeSpan.FromSeconds(10), EgressPerSecond: 1000));
        return services.BuildServiceProvider();
    }

    private AmoCrmClient Client(ServiceProvider process) => process.GetRequiredService<AmoCrmClientFactory>().Create(
        new AccountConnection(new AccountId(_crm.AccountId), _crm.Address, SandboxOptions.DefaultIntegration.ClientId, new OneToken(_token)));

    private sealed class OneToken(string value) : IAccessTokens
    {
        public ValueTask<string> GetAsync(CancellationToken cancellationToken) => ValueTask.FromResult(value);

        public Task<string> RenewAsync(string rejected, CancellationToken cancellationToken) => Task.FromResult(value);
    }
}
