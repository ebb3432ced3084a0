using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using AmoLtv.Core.Settings;
using AmoLtv.Host.CommandLine;

namespace AmoLtv.Host.Settings;

/// <summary><c>amoltv settings</c>: shows and changes what an account's admin decides.</summary>
public static class SettingsCommand
{
    private const string Author = "command line";

    public static Command Create()
    {
        var account = OneAccount.CreateOption();
        return new Command("settings", "Shows and changes an account's settings; every saved version is kept.")
        {
            account,
            CreateGet(account),
            CreateSet(account),
            CreateVersions(account),
            CreateShow(account),
            CreateConfirmCurrency(account),
            ChannelSpendCommand.Create(account),
        };
    }

    private static Command CreateGet(Option<long?> account)
    {
        var key = new Argument<string?>("key") { Description = "One setting; left out: all.", Arity = ArgumentArity.ZeroOrOne };
        var json = new Option<bool>("--json") { Description = "Prints the settings as one line of JSON." };
        var command = new Command("get", "Shows the settings in force.") { key, json };
        command.SetAction((parsed, cancellationToken) => OneAccount.RunAsync(
            parsed.GetValue(account),
            async (services, id, token) => await ShowAsync(
                await services.GetRequiredService<SettingsStore>().GetAsync(id, token), parsed.GetValue(key), parsed.GetValue(json)),
            cancellationToken));
        return command;
    }

    private static Command CreateSet(Option<long?> account)
    {
        var assignments = new Argument<string[]>("key=value") { Description = "What to set; several at once are saved together.", Arity = ArgumentArity.OneOrMore };
        var comment = new Option<string?>("--comment") { Description = "Why, kept with the version." };
        var command = new Command("set", "Changes settings: checked first, saved as a new version.") { assignments, comment };
        command.SetAction((parsed, cancellationToken) => OneAccount.RunAsync(
            parsed.GetValue(account),
            async (services, id, token) =>
            {
                var change = SettingAssignments.Parse(parsed.GetRequiredValue(assignments));
                var store = services.GetRequiredService<SettingsStore>();
                var before = await store.GetAsync(id, token);
                var saved = await store.ChangeAsync(id, change.ApplyTo, Author, parsed.GetValue(comment), token);
                await Console.Out.WriteLineAsync(saved.Version == before.Version
                    ? $"Nothing changed: version {saved.Version} stays in force."
                    : $"Saved as version {saved.Version}; it takes effect with the next run (amoltv run --account {id}).");
            },
            cancellationToken));
        return command;
    }

    private static Command CreateVersions(Option<long?> account)
    {
        var command = new Command("versions", "Lists the saved versions, the newest first.");
        command.SetAction((parsed, cancellationToken) => OneAccount.RunAsync(
            parsed.GetValue(account),
            async (services, id, token) =>
            {
                var versions = await services.GetRequiredService<SettingsStore>().ListAsync(id, token);
                foreach (var saved in versions)
                {
                    await Console.Out.WriteLineAsync(string.Create(
                        CultureInfo.InvariantCulture, $"{saved.Version}  {saved.SavedAt:yyyy-MM-dd HH:mm}Z  {saved.SavedBy}  {saved.Comment}").TrimEnd());
                }

                if (versions.Count == 0)
                {
                    await Console.Out.WriteLineAsync("Nothing was saved yet: the defaults are in force.");
                }
            },
            cancellationToken));
        return command;
    }

    private static Command CreateShow(Option<long?> account)
    {
        var version = new Argument<int>("version") { Description = "Number of the version; 0 is the defaults." };
        var json = new Option<bool>("--json") { Description = "Prints the settings as one line of JSON." };
        var command = new Command("show", "Shows a saved version.") { version, json };
        command.SetAction((parsed, cancellationToken) => OneAccount.RunAsync(
            parsed.GetValue(account),
            async (services, id, token) =>
            {
                var number = parsed.GetValue(version);
                var saved = await services.GetRequiredService<SettingsStore>().FindAsync(id, number, token)
                    ?? throw new CommandFailedException($"Account {id} has no version {number} of its settings.");
                await ShowAsync(saved, key: null, parsed.GetValue(json));
            },
            cancellationToken));
        return command;
    }

    private static Command CreateConfirmCurrency(Option<long?> account)
    {
        var command = new Command("confirm-currency", "Confirms that the amounts are in the currency the CRM names now.");
        command.SetAction((parsed, cancellationToken) => OneAccount.RunAsync(
            parsed.GetValue(account),
            async (services, id, token) =>
            {
                var currency = await services.GetRequiredService<CurrencyStore>().ConfirmAsync(id, token);
                await Console.Out.WriteLineAsync($"The amounts of account {id} are in {currency}.");
            },
            cancellationToken));
        return command;
    }

    private static async Task ShowAsync(SavedSettings saved, string? key, bool isJson)
    {
        if (key is not null)
        {
            var setting = SettingKeys.Find(key) ?? throw new CommandFailedException(
                $"{key}: there is no such setting; allowed: {string.Join(", ", SettingKeys.All.Select(known => known.Key))}.");
            await Console.Out.WriteLineAsync(setting.Read(saved.Settings));
        }
        else if (isJson)
        {
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(new { version = saved.Version, settings = saved.Settings }, SettingsJson.Options));
        }
        else
        {
            var width = SettingKeys.All.Max(setting => setting.Key.Length);
            foreach (var setting in SettingKeys.All)
            {
                await Console.Out.WriteLineAsync($"{setting.Key.PadRight(width)}  {setting.Read(saved.Settings)}");
            }
        }
    }
}
