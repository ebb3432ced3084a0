using System.Text.RegularExpressions;
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
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.CommandLine;

/// <summary>Reads every section before anything else is begun, and reports all that is wrong at once.</summary>
internal static partial class ConfigurationCheck
{
    /// <exception cref="CommandFailedException">A setting is wrong; one line for each, with its key and what is allowed.</exception>
    public static void Run(IServiceProvider services)
    {
        if (Find(services) is { Count: > 0 } errors)
        {
            throw new CommandFailedException(string.Join(Environment.NewLine, errors.Select(error => "Configuration: " + error)));
        }

        services.GetRequiredService<IStartupValidator>().Validate();
    }

    /// <summary>Each setting that is wrong, with its key and what is allowed.</summary>
    public static IReadOnlyList<string> Find(IServiceProvider services)
    {
        IEnumerable<string> errors =
        [
            .. Errors<DatabaseOptions>(services),
            .. Errors<IntegrationsOptions>(services),
            .. Errors<CrmOptions>(services),
            .. Errors<ClockOptions>(services),
            .. Errors<KeyOptions>(services),
            .. Errors<SchedulingOptions>(services),
            .. Errors<ProxyOptions>(services),
            .. Errors<ExchangeOptions>(services),
            .. Errors<SyncingOptions>(services),
            .. Errors<RunningOptions>(services),
            .. Errors<ValuingOptions>(services),
            .. Errors<WebhooksOptions>(services),
            .. Errors<RetentionOptions>(services),
            .. Errors<NoticesOptions>(services),
            .. Errors<PagesOptions>(services),
            .. Errors<TelemetryOptions>(services),
        ];
        // The clock's section is the CRM's: the same mistake is found twice.
        return [.. errors.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>What is wrong with a value that could not be read as what it should be; null where the failure is another.</summary>
    public static string? Words(InvalidOperationException failure) => Unconverted().Match(failure.Message) is { Success: true } words
        ? $"{words.Groups["key"].Value}: '{words.Groups["value"].Value}' is not allowed; {Kind(words.Groups["type"].Value)}."
        : null;

    private static IEnumerable<string> Errors<T>(IServiceProvider services)
        where T : class
    {
        try
        {
            _ = services.GetRequiredService<IOptions<T>>().Value;
            return [];
        }
        catch (OptionsValidationException invalid)
        {
            return invalid.Failures;
        }
        catch (InvalidOperationException failure) when (Words(failure) is { } words)
        {
            return [words];
        }
    }

    private static string Kind(string type) => type switch
    {
        "System.Int32" => "a whole number",
        "System.Double" => "a number, with a point before its fraction",
        "System.Boolean" => "true or false",
        "System.Uri" => "an address, for example http://127.0.0.1:8080",
        _ => $"a value of type {type}",
    };

    /// <summary>The configuration binder's words, the only place where it tells the key.</summary>
    [GeneratedRegex("value '(?<value>.*)' at '(?<key>[^']+)' to type '(?<type>[^']+)'", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unconverted();
}
