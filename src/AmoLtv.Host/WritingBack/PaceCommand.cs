using System.CommandLine;
using System.Globalization;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.Settings;

namespace AmoLtv.Host.WritingBack;

/// <summary><c>amoltv write-back rate</c> and <c>language</c>.</summary>
internal static class PaceCommand
{
    public static Command CreateRate(Option<long?> account)
    {
        var cards = new Argument<string>("cards-per-minute") { Description = "1 to 10000, or none: as fast as the CRM permits." };
        var minutes = new Option<int?>("--minutes") { Description = "How long a run writes at that rate, 1 to 1440; the rest waits for the next run." };
        var command = new Command("rate", "Spreads writes over time, so that automations in the CRM are not flooded.") { cards, minutes };
        command.SetAction((parsed, cancellationToken) => OneAccount.RunAsync(
            parsed.GetValue(account),
            async (services, id, token) =>
            {
                var store = services.GetRequiredService<WriteBackSettingsStore>();
                await store.SetRateAsync(id, Cards(parsed.GetRequiredValue(cards)), parsed.GetValue(minutes), token);
                var saved = await store.GetAsync(id, token);
                await Console.Out.WriteLineAsync(saved.CardsPerMinute is { } rate
                    ? $"At most {rate} cards a minute, {saved.MinutesARun} minutes a run."
                    : "As fast as the CRM permits.");
            },
            cancellationToken));
        return command;
    }

    public static Command CreateLanguage(Option<long?> account)
    {
        var language = new Argument<string>("language") { Description = "ru, en, or auto: the brand's." };
        var command = new Command("language", "Language of the texts that go into the CRM.") { language };
        command.SetAction((parsed, cancellationToken) => OneAccount.RunAsync(
            parsed.GetValue(account),
            async (services, id, token) =>
            {
                var word = parsed.GetRequiredValue(language);
                await services.GetRequiredService<WriteBackSettingsStore>().SetLanguageAsync(id, word == "auto" ? null : word, token);
                await Console.Out.WriteLineAsync("Saved; texts are written in it from the next run on.");
            },
            cancellationToken));
        return command;
    }

    private static int? Cards(string text) => text switch
    {
        "none" => null,
        _ when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var cards) => cards,
        _ => throw new CommandFailedException($"'{text}' cards a minute is not allowed; 1 to 10000, or none."),
    };
}
