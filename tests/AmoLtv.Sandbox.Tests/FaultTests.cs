using System.Net;

namespace AmoLtv.Sandbox.Tests;

/// <summary>Failures on order.</summary>
internal sealed class FaultTests : SandboxTest
{
    [TestCase("500", 500, "text/html; charset=utf-8")]
    [TestCase("502", 502, "text/html; charset=utf-8")]
    [TestCase("503", 503, "text/html; charset=utf-8")]
    [TestCase("504", 504, "text/html; charset=utf-8")]
    [TestCase("html", 200, "text/html; charset=utf-8")]
    [TestCase("429", 429, "text/html; charset=utf-8")]
    [TestCase("403", 403, "text/html; charset=utf-8")]
    [TestCase("402", 402, "application/problem+json")]
    public async Task Fault_answers_in_its_own_way_as_often_as_ordered(string kind, int status, string contentType)
    {
        var (_, caller) = await StartInstalledAsync();
        await caller.ControlAsync("faults", $$"""{"path":"/api/v4/leads","kind":"{{kind}}","count":1,"after":1}""");
        using var before = await caller.GetAsync("leads");
        using var other = await caller.GetAsync("leads/pipelines");
        using var failed = await caller.GetAsync("leads");
        using var after = await caller.GetAsync("leads");
        Assert.Multiple(() =>
        {
            Assert.That(before.Content.Headers.ContentType?.ToString(), Is.EqualTo("application/hal+json"));
            Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((int)failed.StatusCode, Is.EqualTo(status));
            Assert.That(failed.Content.Headers.ContentType?.ToString(), Is.EqualTo(contentType));
            Assert.That(after.Content.Headers.ContentType?.ToString(), Is.EqualTo("application/hal+json"));
        });
    }

    [Test]
    public async Task Truncated_answer_breaks_off_in_its_middle()
    {
        var (_, caller) = await StartInstalledAsync();
        await caller.ControlAsync("faults", """{"path":"/api/v4/*","kind":"truncated"}""");
        Assert.That(async () => await caller.ReadAsync("leads?limit=250"), Throws.InstanceOf<HttpRequestException>().Or.InnerException.InstanceOf<IOException>());
    }

    [Test]
    public async Task Lost_answer_of_a_refresh_has_used_the_token_up()
    {
        var (_, caller) = await StartAsync();
        var token = (await caller.InstallAsync()).GetProperty("refresh_token").GetString()!;
        await caller.ControlAsync("faults", """{"path":"/oauth2/access_token","kind":"lost"}""");
        Assert.That(async () => await caller.TokenRequestAsync("refresh_token", "refresh_token", token), Throws.InstanceOf<HttpRequestException>());
        using var again = await caller.TokenRequestAsync("refresh_token", "refresh_token", token);
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Timeout_lasts_until_the_caller_gives_up()
    {
        var (_, caller) = await StartInstalledAsync();
        await caller.ControlAsync("faults", """{"path":"/api/v4/account","kind":"timeout"}""");
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        Assert.That(async () => await caller.Http.GetAsync("/api/v4/account", patience.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Unknown_kind_is_refused_with_the_list_of_kinds()
    {
        var (_, caller) = await StartAsync();
        using var answer = await caller.SendAsync(HttpMethod.Post, "/sandbox/faults", """{"path":"/x","kind":"fire"}""");
        Assert.Multiple(async () =>
        {
            Assert.That((int)answer.StatusCode, Is.EqualTo(400));
            Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("truncated"));
        });
    }

    [Test]
    public async Task Lost_request_changes_nothing_and_a_lost_answer_has_changed_it()
    {
        var (server, caller) = await StartInstalledAsync();
        var id = server.State.Companies.All[0].Id;
        var name = server.State.Companies.All[0].Name;
        await caller.ControlAsync("faults", """{"path":"/api/v4/companies/*","kind":"reset"}""");
        Assert.That(async () => await caller.PatchAsync($"companies/{id}", """{"name":"A"}"""), Throws.InstanceOf<HttpRequestException>());
        Assert.That(server.State.Companies.Find(id)!.Name, Is.EqualTo(name));
        await caller.ControlAsync("faults", """{"path":"/api/v4/companies/*","kind":"lost"}""");
        Assert.That(async () => await caller.PatchAsync($"companies/{id}", """{"name":"A"}"""), Throws.InstanceOf<HttpRequestException>());
        Assert.That(server.State.Companies.Find(id)!.Name, Is.EqualTo("A"));
    }

    [Test]
    public async Task Lost_request_for_a_token_leaves_the_old_one_good()
    {
        var (_, caller) = await StartAsync();
        var token = (await caller.InstallAsync()).GetProperty("refresh_token").GetString()!;
        await caller.ControlAsync("faults", """{"path":"/oauth2/access_token","kind":"reset"}""");
        Assert.That(async () => await caller.TokenRequestAsync("refresh_token", "refresh_token", token), Throws.InstanceOf<HttpRequestException>());
        using var again = await caller.TokenRequestAsync("refresh_token", "refresh_token", token);
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Burst_of_429_names_its_pause_and_ends()
    {
        var (_, caller) = await StartInstalledAsync();
        await caller.ControlAsync("faults", """{"path":"/api/v4/*","kind":"429","burst":3,"retryAfter":17}""");
        using var first = await caller.GetAsync("account");
        var pause = (await Caller.JsonAsync(first)).GetProperty("retry_after").GetInt32();
        using var second = await caller.GetAsync("account");
        using var third = await caller.GetAsync("account");
        using var fourth = await caller.GetAsync("account");
        Assert.Multiple(() =>
        {
            Assert.That(pause, Is.EqualTo(17));
            Assert.That(third.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
            Assert.That(fourth.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [TestCase("duplicate", 0)]
    [TestCase("shift", 48)]
    [TestCase("skip", 52)]
    public async Task Later_page_repeats_rows_or_misses_them(string kind, int expectedFirst)
    {
        var (server, caller) = await StartInstalledAsync();
        await caller.ControlAsync("faults", $$"""{"path":"/api/v4/leads","kind":"{{kind}}","rows":2}""");
        var first = await caller.ReadAsync("leads?limit=50&order[id]=asc");
        var second = await caller.ReadAsync("leads?limit=50&order[id]=asc&page=2");
        Assert.Multiple(() =>
        {
            Assert.That(Element(first, "leads").GetProperty("id").GetInt64(), Is.EqualTo(server.State.Leads.All[0].Id), "The first page cannot be shifted.");
            Assert.That(Element(second, "leads").GetProperty("id").GetInt64(), Is.EqualTo(server.State.Leads.All[expectedFirst].Id));
        });
    }

    [Test]
    public async Task Clock_jumps_by_the_seconds_of_a_skew()
    {
        var (server, caller) = await StartInstalledAsync();
        await caller.ControlAsync("faults", """{"kind":"skew","seconds":-90}""");
        await caller.ReadAsync("account");
        Assert.That(server.State.Clock.Now, Is.EqualTo(Now.AddSeconds(-90)).Within(TimeSpan.FromSeconds(20)));
    }

    [Test]
    public async Task Latency_delays_an_answer_that_is_otherwise_right()
    {
        var (_, caller) = await StartInstalledAsync();
        await caller.ControlAsync("faults", """{"path":"/api/v4/account","kind":"latency","ms":150}""");
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await caller.ReadAsync("account");
        Assert.That(watch.ElapsedMilliseconds, Is.GreaterThanOrEqualTo(140));
    }

    [Test]
    public async Task Requests_that_are_struck_follow_from_the_seed_and_are_counted()
    {
        var first = await StruckAsync(seed: 7);
        var again = await StruckAsync(seed: 7);
        var other = await StruckAsync(seed: 8);
        Assert.Multiple(() =>
        {
            Assert.That(again, Is.EqualTo(first));
            Assert.That(other, Is.Not.EqualTo(first));
            Assert.That(first.Count(status => status == 502), Is.InRange(10, 50), "A third of ninety.");
        });
    }

    [Test]
    public async Task Settling_ends_every_failure_and_the_block()
    {
        var (_, caller) = await StartInstalledAsync(Still with { Rate = 1, Faults = "500,p=1,path=/api/v4/leads;402,p=1,path=/api/v4/users" });
        using var struck = await caller.GetAsync("leads");
        await caller.ControlAsync("account", """{"standing":"blocked"}""");
        var met = await caller.ControlAsync("settle");
        using var served = await caller.GetAsync("leads");
        Assert.Multiple(() =>
        {
            Assert.That((int)struck.StatusCode, Is.EqualTo(500));
            Assert.That(met.GetProperty("met").GetProperty("500").GetInt32(), Is.EqualTo(1));
            Assert.That(met.GetProperty("left").GetInt32(), Is.Zero);
            Assert.That(served.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [Test]
    public void Plan_that_cannot_be_read_stops_the_start() =>
        Assert.That(async () => await StartAsync(Still with { Faults = "500,p=2" }), Throws.InstanceOf<SandboxException>().With.Message.Contains("probability"));

    private async Task<List<int>> StruckAsync(int seed)
    {
        var (_, caller) = await StartInstalledAsync();
        await caller.ControlAsync("faults", $$"""{"seed":{{seed}},"spec":"502,p=0.33,path=/api/v4/account"}""");
        var statuses = new List<int>();
        for (var request = 0; request < 90; request++)
        {
            using var answer = await caller.GetAsync("account");
            statuses.Add((int)answer.StatusCode);
        }

        var met = await Caller.JsonAsync(await caller.Http.GetAsync("/sandbox/faults"));
        Assert.That(met.GetProperty("met").GetProperty("502").GetInt32(), Is.EqualTo(statuses.Count(status => status == 502)));
        return statuses;
    }
}
