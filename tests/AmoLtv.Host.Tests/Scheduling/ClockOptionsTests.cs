using AmoLtv.Host.Installing;
using AmoLtv.Host.Scheduling;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Tests.Scheduling;

[TestFixture]
public sealed class ClockOptionsTests
{
    [TestCase("http://127.0.0.1:8080", new[] { "127.0.0.1:8080" }, true)]
    [TestCase("http://127.0.0.1:8080", new[] { "127.0.0.1:8080", "crm.example.com" }, false)]
    [TestCase("http://127.0.0.1:8080", new string[0], false)]
    [TestCase("http://192.0.2.1:8080", new[] { "127.0.0.1:8080" }, false)]
    [TestCase(null, new[] { "crm.example.com" }, true)]
    public void Clock_of_a_sandbox_is_taken_only_when_every_host_is_on_loopback(string? clock, string[] hosts, bool isAllowed)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(Settings(clock, hosts)).Build());
        services.AddOptions<CrmOptions>().BindConfiguration(CrmOptions.Section);
        services.AddServiceClock();
        using var provider = services.BuildServiceProvider();

        string? refusal = null;
        try
        {
            _ = provider.GetRequiredService<IOptions<ClockOptions>>().Value;
        }
        catch (OptionsValidationException invalid)
        {
            refusal = invalid.Message;
        }

        Assert.That(refusal, isAllowed ? Is.Null : Does.StartWith("Crm:SandboxClock"));
    }

    private static Dictionary<string, string?> Settings(string? clock, string[] hosts)
    {
        var settings = hosts.Select((host, index) => (Key: $"Crm:ExtraHosts:{index}", Value: (string?)host)).ToDictionary(host => host.Key, host => host.Value);
        if (clock is not null)
        {
            settings["Crm:SandboxClock"] = clock;
        }

        return settings;
    }
}
