using System.Net;

namespace AmoLtv.Sandbox.Tests;

/// <summary>Failures on order.</summary>
internal sealed class FaultTests : SandboxTest
{
    [TestCase("500", 500, "text/html; charset=utf-8")]
    [TestCase("502", 502, "text/html; charset=utf-8")]
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
}
