using AmoLtv.Host.CommandLine.Doctor;

namespace AmoLtv.Host.Tests.CommandLine.Doctor;

/// <summary>What is made of the facts: pure rules, each boundary once.</summary>
[TestFixture]
public sealed class JudgementTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly Dictionary<int, string> Known = new() { [1] = "a", [2] = "b" };

    [TestCase(140_012, "UTF8", Outcome.Failed)]
    [TestCase(150_000, "UTF8", Outcome.Ok)]
    [TestCase(170_002, "UTF8", Outcome.Ok)]
    [TestCase(170_002, "SQL_ASCII", Outcome.Failed)]
    public void Database_is_judged_by_its_version_and_its_encoding(int number, string encoding, Outcome outcome) =>
        Assert.That(DatabaseCheck.Judge("/run:5432, database amoltv", number, "x", "amoltv", encoding).Outcome, Is.EqualTo(outcome));

    [TestCase(2, Outcome.Ok)]
    [TestCase(3, Outcome.Warning)]
    public void Connections_of_all_processes_fit_into_those_that_are_served(int processes, Outcome outcome) =>
        Assert.That(ConnectionsCheck.Judge(97, processes, 41).Outcome, Is.EqualTo(outcome));

    [TestCase("1=a 2=b", true, true, Outcome.Ok)]
    [TestCase("1=a 2=b", true, false, Outcome.Ok)]
    [TestCase("1=a", true, true, Outcome.Warning)]
    [TestCase("1=a", true, false, Outcome.Failed)]
    [TestCase("1=a 2=b", false, true, Outcome.Warning)]
    [TestCase("1=a 2=b", false, false, Outcome.Failed)]
    [TestCase("", false, true, Outcome.Warning)]
    [TestCase("1=a 2=x", true, true, Outcome.Failed)]
    [TestCase("1=a 2=b 3=c", true, true, Outcome.Warning)]
    [TestCase("1=a 2=b 3=c", true, true, Outcome.Failed, 3)]
    public void Schema_is_judged_by_what_is_applied_and_who_makes_up_for_it(string applied, bool hasScheduler, bool isProvisioned, Outcome outcome, int oldest = 0)
    {
        var rows = applied.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToDictionary(row => row[0] - '0', row => row[2..]);

        var finding = MigrationsCheck.Judge(Known, rows, oldest, hasScheduler, isProvisioned);

        Assert.That(finding.Outcome, Is.EqualTo(outcome), finding.Words);
    }

    [TestCase(false, true, true, 0, Outcome.Ok)]
    [TestCase(false, false, false, 0, Outcome.Ok)]
    [TestCase(true, true, true, 0, Outcome.Warning)]
    [TestCase(false, false, true, 0, Outcome.Failed)]
    [TestCase(false, true, true, 1, Outcome.Failed)]
    [TestCase(true, true, true, 7, Outcome.Failed)]
    public void Role_is_judged_by_what_it_lacks_and_what_it_has_too_much(bool isSuperuser, bool mayCreate, bool isProvisioned, int missing, Outcome outcome)
    {
        var finding = PrivilegesCheck.Judge("app", isSuperuser, mayCreate, isProvisioned, [.. Enumerable.Range(1, missing).Select(n => $"update on t{n}")]);

        Assert.That(finding.Outcome, Is.EqualTo(outcome));
        Assert.That(finding.Words.Contains("and 2 more", StringComparison.Ordinal), Is.EqualTo(missing == 7));
    }

    [TestCase(9.9, Outcome.Ok, "behind")]
    [TestCase(-9.9, Outcome.Ok, "ahead of")]
    [TestCase(10, Outcome.Warning, "behind")]
    [TestCase(-119, Outcome.Warning, "ahead of")]
    [TestCase(120, Outcome.Failed, "behind")]
    [TestCase(-86_400, Outcome.Failed, "ahead of")]
    public void Clock_is_judged_by_how_far_it_is_from_another(double seconds, Outcome outcome, string side)
    {
        var finding = ClockRule.Judge(TimeSpan.FromSeconds(seconds), "the database's");

        Assert.That(finding.Outcome, Is.EqualTo(outcome));
        Assert.That(finding.Words, Does.Contain($"{side} the database's"));
    }

    [TestCase("https://ltv.example.com/oauth/callback", Outcome.Ok)]
    [TestCase("http://127.0.0.1:5000/oauth/callback", Outcome.Ok)]
    [TestCase("http://ltv.example.com/oauth/callback", Outcome.Failed)]
    [TestCase("https://ltv.example.com/oauth/callback/", Outcome.Failed)]
    [TestCase("https://ltv.example.com/", Outcome.Failed)]
    [TestCase("https://ltv.example.com/oauth/callback?a=1", Outcome.Failed)]
    public void Redirect_address_is_the_route_over_TLS(string address, Outcome outcome)
    {
        var finding = RedirectCheck.Judge(0, new Uri(address));

        Assert.That(finding.Outcome, Is.EqualTo(outcome));
        Assert.That(finding.Words, Does.StartWith("Integrations:0:RedirectUri"));
    }

    [TestCase(200, "Healthy", Outcome.Ok, null)]
    [TestCase(200, "<html>", Outcome.Failed, "hand every path")]
    [TestCase(404, "", Outcome.Failed, "hand every path")]
    [TestCase(502, "", Outcome.Failed, "Start the service")]
    [TestCase(null, "", Outcome.Failed, "curl https://ltv.example.com/health/live")]
    public void Public_address_is_judged_by_who_answers(int? status, string text, Outcome outcome, string? next)
    {
        var finding = PublicAddressCheck.Judge(new Uri("https://ltv.example.com"), new HttpProbeAnswer(status, null, text, status is null ? "refused" : null), Now);

        Assert.That(finding.Outcome, Is.EqualTo(outcome));
        Assert.That(finding.Next, next is null ? Is.Null : Does.Contain(next));
    }

    [TestCase(22, Outcome.Ok)]
    [TestCase(20, Outcome.Warning)]
    [TestCase(-1, Outcome.Warning)]
    public void Public_address_is_judged_by_the_end_of_its_certificate_too(int days, Outcome outcome) => Assert.That(
        PublicAddressCheck.Judge(new Uri("https://ltv.example.com"), new HttpProbeAnswer(200, null, "Healthy", null, Now.AddDays(days)), Now).Outcome, Is.EqualTo(outcome));

    [Test]
    public void Secret_that_everybody_may_read_is_told() =>
        Assert.That(SettingsCheck.Judge([], ["/etc/amoltv/client-secret"]).Single().Next, Does.Contain("chmod o-rwx /etc/amoltv/client-secret"));

    [TestCase(31, Outcome.Ok)]
    [TestCase(29, Outcome.Warning)]
    [TestCase(0, Outcome.Warning)]
    public void Certificate_is_judged_by_its_end(int days, Outcome outcome) =>
        Assert.That(CertificateCheck.Judge(Now.AddDays(days), Now, []).Outcome, Is.EqualTo(outcome));

    [Test]
    public void Certificate_that_is_missing_or_open_to_everybody_is_told()
    {
        Assert.That(CertificateCheck.Judge(null, Now, []).Outcome, Is.EqualTo(Outcome.Warning));
        Assert.That(CertificateCheck.Judge(Now.AddYears(1), Now, ["/etc/keys.pfx"]).Next, Does.Contain("chmod o-rwx /etc/keys.pfx"));
    }

    [TestCase(2, 0, true, false, false, Outcome.Ok)]
    [TestCase(0, 0, true, false, false, Outcome.Ok)]
    [TestCase(2, 1, true, false, false, Outcome.Warning)]
    [TestCase(2, 0, false, false, false, Outcome.Warning)]
    [TestCase(2, 0, true, true, false, Outcome.Warning)]
    [TestCase(2, 0, true, false, true, Outcome.Failed)]
    public void Folder_of_keys_is_writable_private_and_apart(int keys, int unprotected, bool isWritable, bool isOpen, bool isInDatabase, Outcome outcome) =>
        Assert.That(KeysCheck.Judge(new KeyFolderFacts("/keys", keys, unprotected, isWritable, isOpen, isInDatabase)).Outcome, Is.EqualTo(outcome));

    [TestCase(0, 0, Outcome.Ok)]
    [TestCase(3, 0, Outcome.Ok)]
    [TestCase(3, 1, Outcome.Failed)]
    public void Tokens_are_all_read_by_the_keys(int tokens, int unreadable, Outcome outcome) =>
        Assert.That(TokensCheck.Judge(tokens, unreadable).Outcome, Is.EqualTo(outcome));

    [TestCase(1L << 31, Outcome.Ok)]
    [TestCase(1L << 29, Outcome.Warning)]
    [TestCase(1L << 20, Outcome.Failed)]
    public void Disk_is_judged_by_the_room_that_is_left(long free, Outcome outcome) =>
        Assert.That(DiskCheck.Judge("keys", "/keys", free).Outcome, Is.EqualTo(outcome));

    [Test]
    public void Hosts_are_those_the_service_would_call_and_with_sandboxes_alone_not_the_vendors()
    {
        Uri[] vendor = [new("https://www.amocrm.ru/oauth")];
        Uri[] accounts = [.. Enumerable.Range(1, 5).Select(n => new Uri($"https://a{n}.amocrm.ru"))];

        Assert.That(CrmHosts.Choose(accounts, [], vendor).Select(host => host.Host), Is.EqualTo(["a1.amocrm.ru", "a2.amocrm.ru", "a3.amocrm.ru", "www.amocrm.ru"]));
        Assert.That(CrmHosts.Choose([], [new Uri("http://127.0.0.1:8080")], vendor), Is.EqualTo([new Uri("http://127.0.0.1:8080")]));
        Assert.That(CrmHosts.Choose([], [], vendor), Is.EqualTo([new Uri("https://www.amocrm.ru")]));
    }

    [Test]
    public void Lines_say_what_to_do_and_count()
    {
        var text = DoctorCommand.Words([Finding.Ok("settings", "Fine."), Finding.Failed("keys", "Gone.", "Restore them.")]);

        Assert.That(text.Split(Environment.NewLine), Is.EqualTo([
            "ok       settings        Fine.",
            "failed   keys            Gone.",
            "                         Restore them.",
            "1 ok, 0 to look after, 1 failed.",
        ]));
    }
}
