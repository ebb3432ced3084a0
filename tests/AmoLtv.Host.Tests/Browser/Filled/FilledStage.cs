using AmoLtv.Sandbox;

namespace AmoLtv.Host.Tests.Browser.Filled;

/// <summary>An account that was in use for months, shared by every test that looks at what only time brings.</summary>
[SetUpFixture]
public sealed class FilledStage
{
    internal static Demo Demo { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        Demo = await Demo.StartAsync(new SandboxOptions { Companies = 60, Leads = 900, Seed = 12 });
        await new FilledAccount(Demo).FillAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (Demo is not null)
        {
            await Demo.DisposeAsync();
        }
    }
}
