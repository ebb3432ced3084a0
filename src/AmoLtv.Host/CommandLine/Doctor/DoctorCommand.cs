using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace AmoLtv.Host.CommandLine.Doctor;

/// <summary><c>amoltv doctor</c>: looks at everything the service needs, and says what to do. It changes nothing.</summary>
public static class DoctorCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Prints one line of JSON." };
        var command = new Command("doctor", "Checks all that the service needs, line by line, and says what to do; exits with 1 where something failed.") { json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await Task.Yield();
            await using var server = ServeCommand.Build(urls: null, builder => builder.Logging.ClearProviders());
            var findings = await Examination.RunAsync(server.Services, cancellationToken);
            await Console.Out.WriteLineAsync(parsed.GetValue(json) ? Line(findings) : Words(findings));
            return findings.Any(finding => finding.Outcome == Outcome.Failed) ? 1 : 0;
        });
        return command;
    }

    internal static string Words(IReadOnlyList<Finding> findings)
    {
        var lines = findings.SelectMany(finding => new[]
        {
            $"{Word(finding.Outcome),-8} {finding.Check,-15} {finding.Words}",
            finding.Next is { } next ? $"{"",-8} {"",-15} {next}" : null,
        });
        return string.Join(Environment.NewLine, lines.OfType<string>().Append(Summary(findings)));
    }

    private static string Line(IReadOnlyList<Finding> findings) =>
        JsonSerializer.Serialize(new { isWell = !findings.Any(finding => finding.Outcome == Outcome.Failed), findings }, Json);

    private static string Summary(IReadOnlyList<Finding> findings)
    {
        var failed = findings.Count(finding => finding.Outcome == Outcome.Failed);
        var warnings = findings.Count(finding => finding.Outcome == Outcome.Warning);
        return $"{findings.Count - failed - warnings} ok, {warnings} to look after, {failed} failed.";
    }

    private static string Word(Outcome outcome) => outcome switch
    {
        Outcome.Ok => "ok",
        Outcome.Warning => "warning",
        _ => "failed",
    };
}
