namespace AmoLtv.Host.Tests.Analytics;

/// <summary>Stops the server that the fixtures of this folder share.</summary>
[SetUpFixture]
public sealed class SharedAnalyticsServer
{
    [OneTimeTearDown]
    public Task StopAsync() => AnalyticsServer.StopSharedAsync();
}
