using System.Net;
using System.Net.Sockets;
using AmoLtv.Host.Running;
using AmoLtv.Sandbox;
using AmoLtv.Testing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace AmoLtv.Host.Tests.Observing;

/// <summary>A collector that is away or hangs is its operator's trouble; the service's work is done.</summary>
[TestFixture, Category("Slow")]
public sealed class CollectorTroubleTests
{
    [Test]
    public async Task Nobody_is_told_anything_unless_a_collector_is_named()
    {
        await using var server = await HostServer.StartAsync(new SandboxOptions { Companies = 1, Leads = 1 });

        Assert.That(server.Services.GetService<TracerProvider>(), Is.Null);
        Assert.That(server.Services.GetService<MeterProvider>(), Is.Null);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Collector_that_takes_nothing_harms_nothing(bool isListening)
    {
        using var deaf = new TcpListener(IPAddress.Loopback, FreePort.Next());
        if (isListening)
        {
            deaf.Start();
        }

        var port = isListening ? ((IPEndPoint)deaf.LocalEndpoint).Port : FreePort.Next();
        var server = await HostServer.StartAsync(
            new SandboxOptions { Companies = 3, Leads = 9 }, ("Telemetry:Endpoint", $"http://127.0.0.1:{port}"), ("Telemetry:MetricSeconds", "1"));
        long began;
        try
        {
            await server.InstallAsync();
            await server.RunAsync(RunSteps.Sync, RunSteps.Recalculate);
            using var answer = await server.Http.GetAsync(new Uri("health/live", UriKind.Relative));
            Assert.That(answer.IsSuccessStatusCode, Is.True);
        }
        finally
        {
            began = TimeProvider.System.GetTimestamp();
            await server.DisposeAsync();
        }

        // Five seconds for what was not sent of each of the two signals, on a busy machine.
        Assert.That(TimeProvider.System.GetElapsedTime(began), Is.LessThan(TimeSpan.FromSeconds(40)));
    }
}
