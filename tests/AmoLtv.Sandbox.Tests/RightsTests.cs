using System.Net;

namespace AmoLtv.Sandbox.Tests;

/// <summary>Whose rights a call has, from the reference's section 1.8.</summary>
internal sealed class RightsTests : SandboxTest
{
    [Test]
    public async Task Denied_entity_is_invisible_in_the_users_name_and_visible_to_the_admin()
    {
        var (server, caller) = await StartInstalledAsync();
        var id = server.State.Companies.All[0].Id;
        await caller.ControlAsync($"users/{Caller.Manager}/deny", $$"""{"entity":"companies","id":{{id}}}""");
        using var denied = await caller.GetAsync($"companies/{id}", Caller.Manager);
        using var neighbour = await caller.GetAsync($"companies/{id + 1}", Caller.Manager);
        using var admin = await caller.GetAsync($"companies/{id}");
        using var list = await caller.GetAsync("companies?limit=250", Caller.Manager);
        var listed = (await Caller.JsonAsync(list)).GetProperty("_embedded").GetProperty("companies").EnumerateArray().Select(company => company.GetProperty("id").GetInt64());
        Assert.Multiple(() =>
        {
            Assert.That(denied.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(neighbour.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(admin.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(listed, Does.Not.Contain(id).And.Contain(id + 1));
        });
    }

    [Test]
    public async Task Denied_entity_is_403_under_the_other_reading()
    {
        var (server, caller) = await StartInstalledAsync(Still with { DeniedAnswer = DeniedAnswer.Forbidden });
        var id = server.State.Leads.All[0].Id;
        await caller.ControlAsync($"users/{Caller.Manager}/deny", $$"""{"entity":"leads","id":{{id}}}""");
        using var denied = await caller.GetAsync($"leads/{id}", Caller.Manager);
        Assert.That(denied.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Grant_of_a_user_who_sees_only_his_own_has_narrower_lists()
    {
        var (server, caller) = await StartInstalledAsync();
        var manager = Another(server);
        await manager.InstallAsync(Caller.OwnOnlyManager);
        var leads = await manager.AllAsync("leads?limit=250", "leads");
        Assert.Multiple(() =>
        {
            Assert.That(leads, Has.Count.GreaterThan(0).And.Count.LessThan(server.State.Leads.Count));
            Assert.That(leads.Select(lead => lead.GetProperty("responsible_user_id").GetInt64()), Is.All.EqualTo(Caller.OwnOnlyManager));
        });
    }

    [Test]
    public async Task Users_are_for_admins()
    {
        var (server, caller) = await StartInstalledAsync();
        var manager = Another(server);
        await manager.InstallAsync(Caller.Manager);
        using var refused = await manager.GetAsync("users");
        var users = (await caller.ReadAsync("users")).GetProperty("_embedded").GetProperty("users").EnumerateArray().ToList();
        Assert.Multiple(() =>
        {
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(users.Select(user => user.GetProperty("rights").GetProperty("is_admin").GetBoolean()), Has.Some.True.And.Some.False);
            Assert.That(users.Select(user => user.GetProperty("rights").GetProperty("is_active").GetBoolean()), Has.Some.False);
        });
    }

    [Test]
    public async Task Only_an_admins_grant_acts_in_anothers_name()
    {
        var (server, _) = await StartInstalledAsync();
        var manager = Another(server);
        await manager.InstallAsync(Caller.Manager);
        using var answer = await manager.GetAsync("leads", Caller.Admin);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [TestCase(77_006)]
    [TestCase(1)]
    public async Task Nobody_acts_in_the_name_of_an_inactive_or_unknown_user(long userId)
    {
        var (_, caller) = await StartInstalledAsync();
        using var answer = await caller.GetAsync("leads", userId);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }
}
