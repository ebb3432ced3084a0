using System.CommandLine;
using System.Globalization;
using AmoLtv.Core.Identity;
using AmoLtv.Host.CommandLine;

namespace AmoLtv.Host.Settings;

/// <summary><c>amoltv exclusions</c>: leads taken out of the numbers by hand.</summary>
public static class ExclusionsCommand
{
    private const string Author = "command line";

    public static Command Create()
    {
        var account = OneAccount.CreateOption();
        return new Command("exclusions", "Takes leads out of the numbers by hand, and back in; both leave a trace.")
        {
            account,
            CreateAdd(account),
            CreateRemove(account),
            CreateList(account),
        };
    }

    private static Command CreateAdd(Option<long?> account)
    {
        var lead = new Argument<long>("lead") { Description = "Number of the lead." };
        var comment = new Option<string>("--comment") { Description = "Why the lead does not count.", Required = true };
        var command = new Command("add", "Excludes a lead.") { lead, comment };
        command.SetAction((parsed, cancellationToken) => OneAccount.RunAsync(
            parsed.GetValue(account),
            async (services, id, token) =>
            {
                var store = services.GetRequiredService<ExclusionStore>();
                var (number, why) = (new LeadId(parsed.GetValue(lead)), parsed.GetRequiredValue(comment).Trim());
                if (why.Length == 0)
                {
                    throw new CommandFailedException("--comment is empty: say why the lead does not count.");
                }

                if (!await store.KnowsAsync(id, number, token))
                {
                    throw new CommandFailedException($"Account {id} has no lead {number}, as far as it is synced.");
                }

                var added = await store.AddAsync(id, number, why, Author, token);
                await Console.Out.WriteLineAsync(added
                    ? $"Lead {number} is excluded; it takes effect with the next recalculation."
                    : $"Lead {number} is excluded already.");
            },
            cancellationToken));
        return command;
    }

    private static Command CreateRemove(Option<long?> account)
    {
        var lead = new Argument<long>("lead") { Description = "Number of the lead." };
        var command = new Command("remove", "Takes the exclusion of a lead back.") { lead };
        command.SetAction((parsed, cancellationToken) => OneAccount.RunAsync(
            parsed.GetValue(account),
            async (services, id, token) =>
            {
                var number = new LeadId(parsed.GetValue(lead));
                var revoked = await services.GetRequiredService<ExclusionStore>().RevokeAsync(id, number, Author, token);
                await Console.Out.WriteLineAsync(revoked
                    ? $"Lead {number} counts again, if it is a purchase; it takes effect with the next recalculation."
                    : $"Lead {number} is not excluded.");
            },
            cancellationToken));
        return command;
    }

    private static Command CreateList(Option<long?> account)
    {
        var command = new Command("list", "Lists every exclusion, the ones taken back too, the newest first.");
        command.SetAction((parsed, cancellationToken) => OneAccount.RunAsync(
            parsed.GetValue(account),
            async (services, id, token) =>
            {
                foreach (var entry in await services.GetRequiredService<ExclusionStore>().ListAsync(id, token))
                {
                    var end = entry.RevokedAt is { } at
                        ? string.Create(CultureInfo.InvariantCulture, $"  (taken back {at:yyyy-MM-dd HH:mm}Z, {entry.RevokedBy})")
                        : "";
                    await Console.Out.WriteLineAsync(string.Create(
                        CultureInfo.InvariantCulture, $"{entry.LeadId}  {entry.ExcludedAt:yyyy-MM-dd HH:mm}Z  {entry.ExcludedBy}  {entry.Comment}{end}"));
                }
            },
            cancellationToken));
        return command;
    }
}
