using System.Net.Http.Json;
using AmoLtv.AmoCrm.Fields;
using AmoLtv.AmoCrm.OAuth;
using AmoLtv.AmoCrm.Transport;
using AmoLtv.Core.Identity;
using AmoLtv.Sandbox;
using AmoLtv.Sandbox.State;
using Microsoft.Extensions.DependencyInjection;

namespace AmoLtv.AmoCrm.Tests.Client;

/// <summary>The client against the sandbox CRM on a real socket.</summary>
[TestFixture]
public sealed class AmoCrmClientTests
{
    private static readonly HttpClient Control = new();
    private static readonly HashSet<FieldId> NoFields = [];
    private SandboxServer _server = null!;
    private ServiceProvider _services = null!;
    private AmoCrmClient _client = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _server = await SandboxServer.StartAsync(new SandboxOptions { Companies = 30, Leads = 600 });
        _services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddAmoCrm(_ => new CrmTransportOptions(6, TimeSpan.FromSeconds(2)))
            .BuildServiceProvider();
        var integration = SandboxOptions.DefaultIntegration;
        var install = await SendAsync(HttpMethod.Post, "install", new { clientId = integration.ClientId });
        var pair = await _services.GetRequiredService<OAuthClient>().ExchangeCodeAsync(
            new CrmIntegration(integration.ClientId, integration.Secret, new Uri(integration.RedirectUri)),
            _server.Address, install.GetProperty("code").GetString()!, CancellationToken.None);
        _client = _services.GetRequiredService<AmoCrmClientFactory>().Create(
            new AccountConnection(new AccountId(_server.AccountId), _server.Address, integration.ClientId, new OneToken(pair.AccessToken)));
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _services.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task Pages_come_in_order_and_whole_though_asked_ahead()
    {
        var numbers = new List<int>();
        var ids = new List<long>();
        await foreach (var page in _client.ReadLeadsAsync(NoFields, 1, CancellationToken.None))
        {
            numbers.Add(page.Number);
            ids.AddRange(page.Rows.Select(row => row.Key));
        }

        Assert.That(string.Join(' ', numbers), Is.EqualTo("1 2 3"));
        Assert.That(ids, Is.EqualTo(_server.State.Leads.Living(SortBy.Id).Select(lead => lead.Id)));
    }

    [Test]
    public async Task Fields_are_created_written_and_read_back_as_text()
    {
        var fields = await _client.CreateCustomFieldsAsync(
            EntityType.Company, [new NewCustomField("LTV", "AMOLTV_LTV", "numeric"), new NewCustomField("First", "AMOLTV_FIRST", "date")], CancellationToken.None);
        var (money, day) = (fields.Single(field => field.Code == "AMOLTV_LTV").Id, fields.Single(field => field.Code == "AMOLTV_FIRST").Id);
        var company = _server.State.Companies.Living(SortBy.Id)[0].Id;

        var result = await _client.UpdateFieldsAsync(
            EntityType.Company, [new FieldUpdate(company, [new(money, "1234.5"), new(day, "1700000000", FieldValueKind.UnixTime)])], CancellationToken.None);
        var read = await _client.GetCompanyAsync(new CompanyId(company), new HashSet<FieldId> { money, day }, CancellationToken.None);

        Assert.That(result.Updated, Is.EquivalentTo([company]));
        Assert.That(read!.Fields[money], Is.EqualTo("1234.5"));
        Assert.That(long.Parse(read.Fields[day], System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(1_700_000_000).Within(86_400));

        await _client.UpdateFieldsAsync(EntityType.Company, [new FieldUpdate(company, [new(money, null)])], CancellationToken.None);
        read = await _client.GetCompanyAsync(new CompanyId(company), new HashSet<FieldId> { money, day }, CancellationToken.None);
        Assert.That(read!.Fields.ContainsKey(money), Is.False, "Null empties a field.");
    }

    [Test]
    public async Task Element_the_CRM_rejects_is_named()
    {
        var companies = _server.State.Companies.Living(SortBy.Id).Take(2).Select(company => company.Id).ToList();

        var result = await _client.UpdateFieldsAsync(
            EntityType.Company, [new FieldUpdate(companies[1], [new(new FieldId(99), "1")])], CancellationToken.None);

        Assert.That(result.Updated, Is.Empty);
        Assert.That(result.Errors.Single().EntityId, Is.EqualTo(companies[1]));
    }

    [Test]
    public async Task User_sees_what_the_CRM_shows_that_user()
    {
        var company = _server.State.Companies.Living(SortBy.Id)[0].Id;
        var user = _server.State.Users.First(one => one is { IsAdmin: false, SeesOnlyOwn: false });
        Assert.That(await _client.CanSeeAsync(EntityType.Company, company, new UserId(user.Id), CancellationToken.None), Is.True);

        await SendAsync(HttpMethod.Post, $"users/{user.Id}/deny", new { entity = "companies", id = company });

        Assert.That(await _client.CanSeeAsync(EntityType.Company, company, new UserId(user.Id), CancellationToken.None), Is.False);
    }

    [Test]
    public async Task Doubt_about_access_is_thrown()
    {
        await SendAsync(HttpMethod.Post, "faults", new { path = "/api/v4/companies/*", kind = "402", count = 10 });

        Assert.That(
            async () => await _client.CanSeeAsync(EntityType.Company, _server.State.Companies.All[0].Id, new UserId(_server.State.Owner.Id), CancellationToken.None),
            Throws.TypeOf<CrmException>());
    }

    [TestCase("402", CrmFailure.PaymentRequired, 1)]
    [TestCase("403", CrmFailure.Blocked, 1)]
    [TestCase("html", CrmFailure.UnreadableAnswer, 3)]
    public async Task Failure_has_its_kind_and_only_what_may_pass_is_asked_again(string kind, CrmFailure failure, int attempts)
    {
        await SendAsync(HttpMethod.Post, "faults", new { path = "/api/v4/account", kind, count = 100 });
        await SendAsync(HttpMethod.Delete, "statistics");

        Assert.That(
            async () => await _client.GetAccountAsync(CancellationToken.None),
            Throws.TypeOf<CrmException>().With.Property(nameof(CrmException.Failure)).EqualTo(failure));
        var statistics = await SendAsync(HttpMethod.Get, "statistics");
        Assert.That(statistics.GetProperty("byPath").GetProperty("GET /api/v4/account").GetInt32(), Is.EqualTo(attempts));
    }

    [TestCase("PATCH", "504", CrmFailure.GatewayTimeout)]
    [TestCase("POST", "500", CrmFailure.ServerError)]
    public async Task Batch_that_was_too_large_and_a_creation_are_not_repeated(string method, string kind, CrmFailure failure)
    {
        await SendAsync(HttpMethod.Post, "faults", new { path = "/api/v4/companies*", method, kind, count = 1 });
        var company = _server.State.Companies.All[0].Id;

        Assert.That(
            async () => _ = method == "POST"
                ? (object)await _client.CreateCustomFieldsAsync(EntityType.Company, [new NewCustomField("A", "A", "text")], CancellationToken.None)
                : await _client.UpdateFieldsAsync(EntityType.Company, [new FieldUpdate(company, [new(new FieldId(1), "1")])], CancellationToken.None),
            Throws.TypeOf<CrmException>().With.Property(nameof(CrmException.Failure)).EqualTo(failure));
    }

    [Test]
    public async Task Silence_is_a_timeout_and_asked_again()
    {
        await SendAsync(HttpMethod.Post, "faults", new { path = "/api/v4/account", kind = "timeout", count = 1 });

        Assert.That((await _client.GetAccountAsync(CancellationToken.None)).Id.Value, Is.EqualTo(_server.AccountId));
    }

    private async Task<System.Text.Json.JsonElement> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(_server.Address, "/sandbox/" + path));
        request.Content = body is null ? null : JsonContent.Create(body);
        using var response = await Control.SendAsync(request);
        response.EnsureSuccessStatusCode();
        var text = await response.Content.ReadAsStringAsync();
        return text.Length == 0 ? default : System.Text.Json.JsonDocument.Parse(text).RootElement;
    }

    private sealed class OneToken(string value) : IAccessTokens
    {
        public ValueTask<string> GetAsync(CancellationToken cancellationToken) => ValueTask.FromResult(value);

        public Task<string> RenewAsync(string rejected, CancellationToken cancellationToken) => Task.FromResult(value);
    }
}
