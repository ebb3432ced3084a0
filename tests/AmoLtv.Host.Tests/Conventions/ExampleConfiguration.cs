using System.Reflection;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Database;
using AmoLtv.Host.Exchanges;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Notices;
using AmoLtv.Host.Observing;
using AmoLtv.Host.Pages;
using AmoLtv.Host.Retention;
using AmoLtv.Host.Running;
using AmoLtv.Host.Scheduling;
using AmoLtv.Host.Syncing;
using AmoLtv.Host.Valuing;
using AmoLtv.Host.Webhooks;
using AmoLtv.Testing;
using Microsoft.Extensions.Configuration;

namespace AmoLtv.Host.Tests.Conventions;

/// <summary><c>appsettings.example.json</c> names what the program reads, all of it and nothing else.</summary>
[TestFixture]
public sealed class ExampleConfiguration
{
    private static readonly IConfigurationRoot Example =
        new ConfigurationBuilder().AddJsonFile(Path.Combine(Repository.Root, "appsettings.example.json")).Build();

    [TestCase(DatabaseOptions.Section, typeof(DatabaseOptions))]
    [TestCase(CrmOptions.Section, typeof(CrmOptions), typeof(ClockOptions))]
    [TestCase(KeyOptions.Section, typeof(KeyOptions))]
    [TestCase(SchedulingOptions.Section, typeof(SchedulingOptions))]
    [TestCase(ProxyOptions.Section, typeof(ProxyOptions))]
    [TestCase(ExchangeOptions.Section, typeof(ExchangeOptions))]
    [TestCase(RunningOptions.Section, typeof(RunningOptions))]
    [TestCase(ValuingOptions.Section, typeof(ValuingOptions))]
    [TestCase(SyncingOptions.Section, typeof(SyncingOptions))]
    [TestCase(WebhooksOptions.Section, typeof(WebhooksOptions))]
    [TestCase(NoticesOptions.Section, typeof(NoticesOptions))]
    [TestCase(PagesOptions.Section, typeof(PagesOptions))]
    [TestCase(RetentionOptions.Section, typeof(RetentionOptions))]
    [TestCase(TelemetryOptions.Section, typeof(TelemetryOptions))]
    [TestCase("Integrations:0", typeof(IntegrationOptions))]
    public void Section_names_only_keys_that_exist(string section, params Type[] options)
    {
        var known = options.SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)).Select(property => property.Name);
        var named = Example.GetSection(section).GetChildren().Select(child => child.Key).ToList();

        Assert.That(named, Is.Not.Empty);
        Assert.That(named, Is.SubsetOf(known));
    }

    [TestCase(DatabaseOptions.Section, typeof(DatabaseOptions))]
    [TestCase(CrmOptions.Section, typeof(CrmOptions))]
    [TestCase(SchedulingOptions.Section, typeof(SchedulingOptions))]
    [TestCase(ExchangeOptions.Section, typeof(ExchangeOptions))]
    [TestCase(ProxyOptions.Section, typeof(ProxyOptions))]
    [TestCase(RunningOptions.Section, typeof(RunningOptions))]
    [TestCase(ValuingOptions.Section, typeof(ValuingOptions))]
    [TestCase(SyncingOptions.Section, typeof(SyncingOptions))]
    [TestCase(WebhooksOptions.Section, typeof(WebhooksOptions))]
    [TestCase(NoticesOptions.Section, typeof(NoticesOptions))]
    [TestCase(PagesOptions.Section, typeof(PagesOptions))]
    [TestCase(RetentionOptions.Section, typeof(RetentionOptions))]
    [TestCase(TelemetryOptions.Section, typeof(TelemetryOptions))]
    public void Section_shows_the_defaults(string section, Type options)
    {
        var bound = Example.GetSection(section).Get(options)!;
        var defaults = new ConfigurationBuilder()
            .AddInMemoryCollection([new("ConnectionString", Example["Database:ConnectionString"])]).Build().Get(options)!;

        foreach (var property in options.GetProperties())
        {
            Assert.That(property.GetValue(bound), Is.EqualTo(property.GetValue(defaults)), property.Name);
        }
    }

    [Test]
    public void No_other_section_is_named()
    {
        string[] sections = [DatabaseOptions.Section, IntegrationsOptions.Section, CrmOptions.Section, ExchangeOptions.Section, KeyOptions.Section, NoticesOptions.Section, PagesOptions.Section, ProxyOptions.Section, RetentionOptions.Section, RunningOptions.Section, SchedulingOptions.Section, SyncingOptions.Section, TelemetryOptions.Section, ValuingOptions.Section, WebhooksOptions.Section];

        Assert.That(Example.GetChildren().Select(child => child.Key), Is.EquivalentTo(sections));
    }
}
