using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AmoLtv.Core.Identity;
using AmoLtv.Host.CommandLine;

namespace AmoLtv.Host.Running;

/// <summary>The command line verbs that are runs: the same options, the same answer, other steps.</summary>
public static class RunVerb
{
    /// <summary>Exit status of a cancelled command, as shells count it: 128 + SIGINT.</summary>
    private const int CancelledStatus = 130;

    /// <summary>Adds the options of a run, and what to do.</summary>
    /// <param name="command">The verb.</param>
    /// <param name="steps">Of <see cref="RunSteps.All"/>.</param>
    /// <param name="isDated">Whether the verb knows <c>--as-of</c>.</param>
    /// <param name="prepare">Done for each account before the first run, by what was typed; null: nothing.</param>
    public static Command WithRun(
        this Command command, IReadOnlyCollection<string> steps, bool isDated,
        Func<IServiceProvider, ParseResult, AccountId, CancellationToken, Task>? prepare = null)
    {
        var account = TargetAccounts.CreateOption();
        var json = new Option<bool>("--json") { Description = "Prints the counts as one line of JSON at the end of standard output." };
        var asOf = AsOfOption.Create("The date all numbers are of, YYYY-MM-DD; left out: the service decides.");
        command.Add(account);
        command.Add(json);
        if (isDated)
        {
            command.Add(asOf);
        }

        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync(
            async (services, token) =>
            {
                foreach (var target in prepare is null ? [] : await TargetAccounts.ResolveAsync(services, parsed.GetValue(account), token))
                {
                    await prepare!(services, parsed, target, token);
                }

                var request = new RunRequest(RunCause.Command, steps, isDated ? parsed.GetValue(asOf) : null, RunRequest.CommandPatience);
                return await RunAsync(services, parsed.GetValue(account), request, parsed.GetValue(json), token);
            },
            cancellationToken));
        return command;
    }

    /// <summary>Runs over one account or all of them, one after the other, and prints what came of it.</summary>
    /// <returns>0 where every run did everything, 1 where one failed or was refused a part, 130 where it was cancelled.</returns>
    public static Task<int> RunAsync(
        IServiceProvider services, long? asked, RunRequest request, bool isJson, CancellationToken cancellationToken) =>
        RunAsync(services, asked, request, isJson, show: null, cancellationToken);

    /// <inheritdoc cref="RunAsync(IServiceProvider, long?, RunRequest, bool, CancellationToken)"/>
    /// <param name="services">The service's own.</param>
    /// <param name="asked">One account; null: all.</param>
    /// <param name="request">What to do.</param>
    /// <param name="isJson">Whether the counts are printed as JSON too.</param>
    /// <param name="show">Prints what else there is to say of a run that finished, before its counts; null: nothing.</param>
    /// <param name="cancellationToken">Cancels the runs.</param>
    public static async Task<int> RunAsync(
        IServiceProvider services, long? asked, RunRequest request, bool isJson, Func<RunOutcome, Task>? show, CancellationToken cancellationToken)
    {
        var accounts = await TargetAccounts.ResolveAsync(services, asked, cancellationToken);
        var outcomes = new List<RunOutcome>();
        foreach (var account in accounts)
        {
            using var progress = new ConsoleProgress(TimeProvider.System);
            try
            {
                outcomes.Add(await services.GetRequiredService<AccountRunner>().RunAsync(account, request, progress, cancellationToken));
            }
            catch (AccountHeldException held)
            {
                throw new CommandFailedException(held.Message);
            }

            if (cancellationToken.IsCancellationRequested)
            {
                break;
            }
        }

        foreach (var outcome in show is null ? [] : outcomes.Where(outcome => outcome.IsFinished))
        {
            await show!(outcome);
        }

        await PrintAsync(outcomes, isJson);
        return cancellationToken.IsCancellationRequested ? CancelledStatus : outcomes.All(outcome => outcome.IsComplete) ? 0 : 1;
    }

    private static async Task PrintAsync(List<RunOutcome> outcomes, bool isJson)
    {
        foreach (var outcome in outcomes)
        {
            await (outcome.IsComplete ? Console.Out : Console.Error).WriteLineAsync(Sentence(outcome));
        }

        if (isJson)
        {
            var lines = outcomes.ConvertAll(Json);
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize<object>(lines.Count == 1 ? lines[0] : lines, JsonSerializerOptions.Web));
        }
    }

    private static string Sentence(RunOutcome outcome)
    {
        var counts = outcome.Steps.Select(step => $"{step.Key}: {Counts(step.Value)}");
        var head = string.Create(
            CultureInfo.InvariantCulture, $"Account {outcome.Account}, run {outcome.Run} {outcome.Status} in {outcome.Elapsed.TotalSeconds:0.0} s.");
        return string.Join(' ', new[] { head, outcome.Error ?? "" }.Concat(counts).Where(part => part.Length > 0));
    }

    private static string Counts(IReadOnlyDictionary<string, long> counts) => counts.Count == 0
        ? "nothing to do."
        : string.Join(", ", counts.Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key} {count.Value:N0}"))) + '.';

    private static long PeakMemoryMb()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / (1024 * 1024);
    }

    private static object Json(RunOutcome outcome) => new
    {
        account = outcome.Account.Value,
        run = outcome.Run.Value,
        status = outcome.Status,
        error = outcome.Error,
        seconds = Math.Round(outcome.Elapsed.TotalSeconds, 1),
        peakMemoryMb = PeakMemoryMb(),
        steps = outcome.Steps.ToDictionary(step => step.Key, step => step.Value),
    };
}
