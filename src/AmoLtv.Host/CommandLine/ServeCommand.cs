using System.CommandLine;
using AmoLtv.Host.Analytics;
using AmoLtv.Host.Callers;
using AmoLtv.Host.Cards;
using AmoLtv.Host.Database;
using AmoLtv.Host.Exchanges;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Notices;
using AmoLtv.Host.Observing;
using AmoLtv.Host.Operations;
using AmoLtv.Host.Pages;
using AmoLtv.Host.Scheduling;
using AmoLtv.Host.Settings;
using AmoLtv.Host.Tasks;
using AmoLtv.Host.Valuing;
using AmoLtv.Host.Webhooks;
using AmoLtv.Host.WritingBack;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.CommandLine;

/// <summary><c>amoltv serve</c>: the service itself, its endpoints and its scheduler.</summary>
public static class ServeCommand
{
    public static Command Create()
    {
        var urls = new Option<string>("--urls") { Description = "Addresses to listen on, separated by semicolons." };
        var command = new Command("serve", "Runs the service: endpoints for the CRM and the card, and the nightly schedule.") { urls };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = Build(parsed.GetValue(urls));
            ConfigurationCheck.Run(app.Services);
            ListenAddresses.Check(app.Configuration[WebHostDefaults.ServerUrlsKey]);
            await app.Services.GetRequiredService<DatabaseStart>().WaitAsync(cancellationToken);
            await PrepareSchemaAsync(app.Services, cancellationToken);
            await app.Services.GetRequiredService<SandboxClockGuard>().CheckAsync(cancellationToken);
            await app.RunAsync(cancellationToken);
            return 0;
        });
        return command;
    }

    private static async Task PrepareSchemaAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var migrator = services.GetRequiredService<Migrator>();
        if (services.GetRequiredService<IOptions<DatabaseOptions>>().Value.ProvisionSchema)
        {
            await migrator.MigrateAsync(cancellationToken);
            return;
        }

        await migrator.RequireCurrentAsync(cancellationToken);
    }

    /// <summary>The server, built and not yet started.</summary>
    public static WebApplication Build(string? urls, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = ServiceEnvironment.Name });
        if (urls is not null)
        {
            builder.WebHost.UseUrls(urls.Split(';'));
        }

        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = BodyLimit.Large.MaxRequestBodySize;
        });
        configure?.Invoke(builder);
        // Statement by statement is for whoever asks for it: Logging:LogLevel:Npgsql.
        builder.Logging.AddFilter("Npgsql", LogLevel.Warning);
        // Addresses of requests stay out of the log: the redirect carries the authorization code.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.AddAmoLtv();
        builder.AddObserving();
        builder.Services.AddScheduling();
        builder.Services.AddNoticeWatch();
        builder.Services.AddPages();
        builder.Services.AddApiDescription();
        builder.Services.AddOperationsWatch();
        builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = CallerProblem.Complete);

        var app = builder.Build();
        app.UseForwardedHeaders();
        app.UseSecurityHeaders();
        app.UseExceptionHandler();
        // A body that is too large is refused before any endpoint sees it: that is told in the same words as all else.
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase), api => api.UseStatusCodePages());
        app.UseCors();
        app.UseRateLimiter();
        app.MapInstalling();
        app.MapSessions();
        app.MapAccess();
        app.MapMe();
        app.MapPages();
        app.MapApiDescription();
        app.MapCards();
        app.MapSettingsPage();
        app.MapPreview();
        app.MapWriteBackSettings();
        app.MapTaskSettings();
        app.MapNoticeSettings();
        app.MapWebhooks();
        app.MapAnalytics();
        app.MapOperations();
        app.MapHealth();
        return app;
    }
}
