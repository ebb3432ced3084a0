using AmoLtv.Host.Tests.Crashing;
using AmoLtv.Sandbox;
using AmoLtv.Testing;
using Dapper;

namespace AmoLtv.Host.Tests.Observing;

/// <summary>What a collector is sent of one night, by the program as it is started, with the environment's own names.</summary>
[TestFixture, Category("Slow")]
public sealed class ExportTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private OtlpReceiver _collector = null!;
    private ConnectedAccount _account = null!;
    private string _log = null!;
    private IReadOnlyList<OtlpSpan> _trace = null!;
    private IReadOnlyList<string> _names = null!;

    [OneTimeSetUp]
    public async Task RunANightAsync()
    {
        _collector = await OtlpReceiver.StartAsync();
        _account = await ConnectedAccount.CreateAsync(new SandboxOptions { Companies = 8, Leads = 30 });
        await _account.RunAsync("sync");
        await _account.RunAsync("recalculate");
        await _account.RunAsync("write-back", "--enable", "--yes");
        _names = await _account.ReadRowsAsync("select name from companies where name <> ''");
        var environment = new Dictionary<string, string>(_account.Environment)
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _collector.Address.ToString(),
            ["Telemetry__MetricSeconds"] = "1",
            ["Scheduling__ReconcileSeconds"] = "1",
        };
        await using var service = ServiceProcess.Start(environment, "serve", "--urls", _account.Environment["Integrations__0__RedirectUri"].Replace("/oauth/callback", "", StringComparison.Ordinal));
        await BringTheNightAsync(service);
        await Eventually.IsTrueAsync(() => Task.FromResult(_collector.Spans.Any(span => span.Name == "trigger night")), Patience, () => service.Output + service.Errors);
        await Eventually.IsTrueAsync(() => Task.FromResult(Named("amoltv.write_back.fields").Any() && Named("amoltv.sync.lag").Any()), Patience, () => service.Output);
        await service.TerminateAsync();
        _log = service.Output;
        _trace = [.. _collector.Spans.Where(span => span.Trace == _collector.Spans.First(one => one.Name == "trigger night").Trace)];
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _account.DisposeAsync();
        await _collector.DisposeAsync();
    }

    [Test]
    public void Night_is_one_trace_from_its_trigger_to_the_last_step()
    {
        var trigger = _trace.Single(span => span.Parent.Length == 0);
        var run = _trace.Single(span => span.Parent == trigger.Id);
        var steps = _trace.Where(span => span.Parent == run.Id).ToList();

        Assert.That((trigger.Name, run.Name), Is.EqualTo(("trigger night", "run night")));
        Assert.That(run.Attributes["amoltv.account.id"], Is.EqualTo(_account.Sandbox.AccountId.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.That(run.Attributes, Contains.Key("amoltv.run.id"));
        Assert.That(run.Attributes["amoltv.run.outcome"], Is.EqualTo("finished"));
        Assert.That(steps.Select(step => step.Name), Is.EqualTo(["step sync", "step recalculate", "step write-back", "step tasks", "step analyse"]));
    }

    [Test]
    public void Calls_to_the_CRM_are_children_of_the_step_that_made_them()
    {
        var steps = _trace.Where(span => span.Name.StartsWith("step ", StringComparison.Ordinal)).ToDictionary(step => step.Id, step => step.Name);
        var calls = _trace.Where(span => span.Attributes.ContainsKey("amoltv.crm.answer")).ToList();

        Assert.That(calls.Where(call => call.Name == "GET leads").Select(call => steps[call.Parent]), Is.Not.Empty.And.All.EqualTo("step sync"));
        Assert.That(calls.Where(call => call.Name == "PATCH companies").Select(call => steps[call.Parent]), Is.Not.Empty.And.All.EqualTo("step write-back"));
        Assert.That(calls.Select(call => call.Attributes["amoltv.crm.answer"]), Is.All.EqualTo("success"));
    }

    [Test]
    public void Lines_of_the_log_carry_the_trace()
    {
        var run = _trace.Single(span => span.Name == "run night").Attributes["amoltv.run.id"];
        var lines = _log.Split('\n');
        var began = Array.FindIndex(lines, line => line.Contains($"Run {run} of account", StringComparison.Ordinal));

        Assert.That(lines[began - 1], Does.Contain("trace=" + _trace[0].Trace));
    }

    [TestCase("amoltv.run.duration", "s")]
    [TestCase("amoltv.run.step.duration", "s")]
    [TestCase("amoltv.run.active", "{run}")]
    [TestCase("amoltv.schedule.delay", "s")]
    [TestCase("amoltv.write_back.fields", "{field}")]
    [TestCase("amoltv.crm.request.duration", "s")]
    [TestCase("amoltv.crm.pace.wait", "s")]
    [TestCase("amoltv.account.count", "{account}")]
    [TestCase("amoltv.sync.accounts", "{account}")]
    [TestCase("amoltv.sync.lag", "s")]
    [TestCase("amoltv.queue.length", "{item}")]
    [TestCase("amoltv.queue.age", "s")]
    [TestCase("amoltv.grant.age", "s")]
    [TestCase("amoltv.grant.remaining", "s")]
    [TestCase("amoltv.database.size", "By")]
    [TestCase("amoltv.disk.free", "By")]
    [TestCase("amoltv.ready", "{check}")]
    [TestCase("db.client.connection.count", "{connection}")]
    [TestCase("dotnet.process.memory.working_set", "By")]
    public void Metric_is_delivered(string name, string unit) => Assert.That(Named(name).Select(metric => metric.Unit).Distinct(), Is.EqualTo([unit]));

    [Test]
    public void Metrics_do_not_grow_with_the_number_of_accounts()
    {
        var account = _account.Sandbox.AccountId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var values = from metric in _collector.Metrics
                     from point in metric.Points
                     from attribute in point
                     where attribute.Key.Contains("account.id", StringComparison.Ordinal) || attribute.Value.Contains(account, StringComparison.Ordinal)
                     select $"{metric.Name} {attribute.Key}={attribute.Value}";

        Assert.That(values, Is.Empty);
    }

    [Test]
    public async Task Nothing_secret_and_nobodys_name_is_sent()
    {
        var sent = _collector.Everything;
        var secrets = await _account.ReadRowsAsync("select a.base_uri from accounts a");

        Assert.That(_names, Is.Not.Empty);
        Assert.That(_names.Select(row => row.Split('"')[3]).Where(name => sent.Contains(name, StringComparison.Ordinal)), Is.Empty);
        Assert.That(secrets.Select(row => row.Split('"')[3]).Where(address => sent.Contains(address, StringComparison.Ordinal)), Is.Empty);
        string[] words = [_account.Environment["Integrations__0__ClientSecret"], "Bearer", "eyJ", "Username="];
        Assert.That(words.Where(word => sent.Contains(word, StringComparison.Ordinal)), Is.Empty);
    }

    private IEnumerable<OtlpMetric> Named(string name) => _collector.Metrics.Where(metric => metric.Name == name && metric.Points.Count > 0);

    /// <summary>As the store stands after hours in which no process ran: the account's night is due.</summary>
    private async Task BringTheNightAsync(ServiceProcess service)
    {
        await Eventually.IsTrueAsync(
            async () =>
            {
                await using var connection = await _account.Database.OpenConnectionAsync();
                return await connection.ExecuteAsync(
                    """
                    update qrtz_triggers set next_fire_time = next_fire_time - 864000000000 * 2, start_time = start_time - 864000000000 * 2
                    where trigger_group = 'nights' and trigger_state = 'WAITING' and exists (select from qrtz_scheduler_state)
                    """) == 1;
            },
            Patience,
            () => service.Output + service.Errors);
    }
}
