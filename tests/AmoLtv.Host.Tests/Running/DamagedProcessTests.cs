using AmoLtv.Testing;

namespace AmoLtv.Host.Tests.Running;

public sealed class DamagedProcessTests
{
    /// <summary>As shells count it: 128 + SIGABRT.</summary>
    private const int Aborted = 134;

    [Test]
    public async Task Program_of_which_a_part_could_not_begin_ends_though_the_failure_is_caught()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location,
            ["DOTNET_DbgEnableMiniDump"] = "0",
            ["Database__ConnectionString"] = "Host=127.0.0.1;Port=1;Username=nobody;Database=none",
        };

        // It would wait half a minute for its database.
        var (status, output, errors) = await ServiceProcess.RunAsync(environment, "migrate");

        Assert.That(status, Is.EqualTo(Aborted), output + errors);
        Assert.That(errors, Does.Contain("that part stays broken"));
    }
}
