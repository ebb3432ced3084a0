using System.CommandLine;
using AmoLtv.Host.Settings;

namespace AmoLtv.Host.Tasks;

/// <summary><c>amoltv tasks</c>: which tasks an account wants, and what came of them.</summary>
public static class TasksCommand
{
    public static Command Create()
    {
        var account = OneAccount.CreateOption();
        return new Command("tasks", "Tasks for responsible users of clients that slip away or cross a tier.") { account, CreateShow(account), CreateSet(account) };
    }

    private static Command CreateShow(Option<long?> account)
    {
        var command = new Command("show", "Shows the settings and what came of the tasks.");
        command.SetAction((parsed, cancellationToken) => OneAccount.RunAsync(
            parsed.GetValue(account),
            async (services, id, token) =>
            {
                var (settings, _) = await services.GetRequiredService<TaskSettingsStore>().GetAsync(id, token);
                await Console.Out.WriteLineAsync(
                    $"{(settings.IsEnabled ? "on" : "off")}, at most {settings.DailyCap} a day, valuable tiers: {settings.TopTiers}, "
                    + $"slipping {(settings.OnSlipping ? "yes" : "no")}, tiers {(settings.OnTier ? "yes" : "no")}, due in {settings.DueDays} days");
                foreach (var kind in await services.GetRequiredService<OutcomeStore>().TotalsAsync(id, token))
                {
                    await Console.Out.WriteLineAsync(
                        $"{kind.Kind}: created {kind.Created} (open {kind.Open}, completed {kind.Completed}, deleted {kind.Gone}; bought since {kind.BoughtSince}), "
                        + $"waiting {kind.Waiting}, refused {kind.Failed}, dropped {kind.Dropped}");
                }
            },
            cancellationToken));
        return command;
    }

    private static Command CreateSet(Option<long?> account)
    {
        var enabled = new Option<bool?>("--enabled") { Description = "true: from the next run on; false: no more." };
        var cap = new Option<int?>("--cap") { Description = "At most so many tasks a day, 1 to 1000." };
        var tiers = new Option<int?>("--tiers") { Description = "How many tiers from the top count as valuable, 1 to 6." };
        var slipping = new Option<bool?>("--slipping") { Description = "For valuable clients that begin to slip." };
        var crossing = new Option<bool?>("--crossing") { Description = "For clients that rise into a valuable tier or fall out of one." };
        var due = new Option<int?>("--due-days") { Description = "Due at the end of the working day so many days later, 0 to 60." };
        var command = new Command("set", "Changes what is wanted; what is not named stays.") { enabled, cap, tiers, slipping, crossing, due };
        command.SetAction((parsed, cancellationToken) => OneAccount.RunAsync(
            parsed.GetValue(account),
            async (services, id, token) =>
            {
                var store = services.GetRequiredService<TaskSettingsStore>();
                var (settings, _) = await store.GetAsync(id, token);
                await store.SaveAsync(
                    id,
                    settings with
                    {
                        IsEnabled = parsed.GetValue(enabled) ?? settings.IsEnabled,
                        DailyCap = parsed.GetValue(cap) ?? settings.DailyCap,
                        TopTiers = parsed.GetValue(tiers) ?? settings.TopTiers,
                        OnSlipping = parsed.GetValue(slipping) ?? settings.OnSlipping,
                        OnTier = parsed.GetValue(crossing) ?? settings.OnTier,
                        DueDays = parsed.GetValue(due) ?? settings.DueDays,
                    },
                    token);
                await Console.Out.WriteLineAsync("Saved; it takes effect with the next run.");
            },
            cancellationToken));
        return command;
    }
}
