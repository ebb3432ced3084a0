using System.Net;

namespace AmoLtv.Sandbox.Tests;

/// <summary>Media types, statuses, pages and links, from the reference's section 3.</summary>
internal sealed class TransportTests : SandboxTest
{
    [Test]
    public async Task Missing_foreign_or_garbage_token_is_401_as_a_problem_without_charset()
    {
        var (server, caller) = await StartAsync();
        caller.Http.DefaultRequestHeaders.Authorization = new("Bearer", "a.b.c");
        using var garbage = await caller.GetAsync("account");
        using var none = await Another(server).GetAsync("account");
        Assert.Multiple(() =>
        {
            Assert.That(garbage.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(none.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(none.Content.Headers.ContentType?.ToString(), Is.EqualTo("application/problem+json"));
        });
    }

    [Test]
    public async Task Token_of_another_account_is_401()
    {
        var (other, _) = await StartAsync(Still with { AccountId = 2 });
        var (_, caller) = await StartInstalledAsync();
        var stranger = Another(other);
        stranger.Http.DefaultRequestHeaders.Authorization = caller.Http.DefaultRequestHeaders.Authorization;
        using var answer = await stranger.GetAsync("account");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Success_is_hal_json_with_a_request_id()
    {
        var (_, caller) = await StartInstalledAsync();
        using var answer = await caller.GetAsync("leads");
        Assert.Multiple(() =>
        {
            Assert.That(answer.Content.Headers.ContentType?.ToString(), Is.EqualTo("application/hal+json"));
            Assert.That(answer.Headers.GetValues("X-Request-Id"), Is.Not.Empty);
        });
    }

    [TestCase("leads/999")]
    [TestCase("companies/999")]
    [TestCase("leads?page=100000")]
    [TestCase("contacts?query=такого-нет")]
    public async Task Nothing_to_return_is_204_with_an_empty_body(string path)
    {
        var (_, caller) = await StartInstalledAsync();
        using var answer = await caller.GetAsync(path);
        Assert.Multiple(async () =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(await answer.Content.ReadAsByteArrayAsync(), Is.Empty);
        });
    }

    [Test]
    public async Task Limit_above_250_is_422()
    {
        var (_, caller) = await StartInstalledAsync();
        using var answer = await caller.GetAsync("leads?limit=251");
        Assert.Multiple(async () =>
        {
            Assert.That((int)answer.StatusCode, Is.EqualTo(422));
            Assert.That((await Caller.JsonAsync(answer)).GetProperty("detail").GetString(), Is.EqualTo("Limit 250 per page"));
        });
    }

    [Test]
    public async Task Unknown_paths_are_404_and_wrong_methods_405_as_problems()
    {
        var (_, caller) = await StartInstalledAsync();
        using var unknown = await caller.GetAsync("nothing");
        using var wrong = await caller.SendAsync(HttpMethod.Put, "/api/v4/leads", "[]");
        Assert.Multiple(() =>
        {
            Assert.That((int)unknown.StatusCode, Is.EqualTo(404));
            Assert.That(unknown.Content.Headers.ContentType?.ToString(), Is.EqualTo("application/problem+json"));
            Assert.That((int)wrong.StatusCode, Is.EqualTo(405));
        });
    }

    [Test]
    public async Task Pages_follow_next_until_it_is_absent_and_hold_every_row_once()
    {
        var (_, caller) = await StartInstalledAsync(Still with { Leads = 103 });
        var leads = await caller.AllAsync("leads?limit=25&order[id]=asc", "leads");
        var ids = leads.ConvertAll(lead => lead.GetProperty("id").GetInt64());
        var last = await caller.ReadAsync("leads?limit=25&page=5");
        Assert.Multiple(() =>
        {
            Assert.That(ids, Has.Count.EqualTo(103));
            Assert.That(ids, Is.Ordered.Ascending.And.Unique);
            Assert.That(last.GetProperty("_links").TryGetProperty("next", out _), Is.False);
            Assert.That(last.GetProperty("_links").GetProperty("prev").GetProperty("href").GetString(), Does.Contain("page=4").And.Contain("limit=25"));
            Assert.That(last.GetProperty("_page").GetInt32(), Is.EqualTo(5));
        });
    }

    [Test]
    public async Task Last_page_may_name_a_next_one_that_is_204()
    {
        var (_, caller) = await StartInstalledAsync(Still with { Leads = 10, DanglingNext = true });
        var page = await caller.ReadAsync("leads?limit=250");
        using var beyond = await caller.Http.GetAsync(page.GetProperty("_links").GetProperty("next").GetProperty("href").GetString());
        Assert.That(beyond.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [TestCase("order[updated_at]=asc", "updated_at", false)]
    [TestCase("order[updated_at]=desc", "updated_at", true)]
    [TestCase("order[id]=desc", "id", true)]
    public async Task Lists_are_ordered_as_asked(string order, string property, bool descending)
    {
        var (_, caller) = await StartInstalledAsync();
        var values = (await caller.AllAsync($"leads?limit=100&{order}", "leads")).ConvertAll(lead => lead.GetProperty(property).GetInt64());
        Assert.That(values, descending ? Is.Ordered.Descending : Is.Ordered.Ascending);
    }

    [Test]
    public async Task Https_serves_the_same_account_and_links_to_itself()
    {
        var (server, _) = await StartAsync(Still with { Urls = ["http://127.0.0.1:0", "https://127.0.0.1:0"] });
        var caller = Another(server, server.HttpsAddress);
        await caller.InstallAsync();
        var account = await caller.ReadAsync("account");
        Assert.Multiple(() =>
        {
            Assert.That(account.GetProperty("id").GetInt64(), Is.EqualTo(server.AccountId));
            Assert.That(account.GetProperty("_links").GetProperty("self").GetProperty("href").GetString(), Does.StartWith(server.HttpsAddress.GetLeftPart(UriPartial.Authority)));
        });
    }

    [TestCase("http://0.0.0.0:0")]
    [TestCase("http://192.168.1.1:0")]
    [TestCase("ftp://127.0.0.1:0")]
    public void Addresses_beyond_loopback_are_refused(string url) =>
        Assert.That(async () => await SandboxServer.StartAsync(Still with { Urls = [url] }), Throws.InstanceOf<SandboxException>());
}
