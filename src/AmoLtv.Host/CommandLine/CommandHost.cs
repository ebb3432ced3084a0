using AmoLtv.Host.Database;
using AmoLtv.Host.Scheduling;

namespace AmoLtv.Host.CommandLine;

/// <summary>Runs a command line verb inside the service's own container: same configuration, same slices, no web server.</summary>
public static class CommandHost
{
    /// <summary>Configuration comes from appsettings.json, environment variables, and <c>--Section:Key=value</c> arguments.</summary>
    public static async Task<int> RunAsync(Func<IServiceProvider, CancellationToken, Task<int>> command, CancellationToken cancellationToken)
    {
        // SIGTERM and Ctrl-C are listened to from the moment an action first waits: before that they would end it without a word.
        await Task.Yield();
        using var host = Build();
        ConfigurationCheck.Run(host.Services);
        await host.Services.GetRequiredService<DatabaseStart>().WaitAsync(cancellationToken);
        await host.Services.GetRequiredService<SandboxClockGuard>().CheckAsync(cancellationToken);
        await using var scope = host.Services.CreateAsyncScope();
        return await command(scope.ServiceProvider, cancellationToken);
    }

    /// <summary>The container alone: nothing of it is checked, and the database is not asked.</summary>
    internal static IHost Build()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder(
            new HostApplicationBuilderSettings { EnvironmentName = ServiceEnvironment.Name });
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.AddFilter<Microsoft.Extensions.Logging.Console.ConsoleLoggerProvider>(level => level >= LogLevel.Warning);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.AddAmoLtv();
        return builder.Build();
    }
}
