using AmoLtv.Sandbox.Api;
using AmoLtv.Sandbox.Cards;
using AmoLtv.Sandbox.Control;
using AmoLtv.Sandbox.Generation;
using AmoLtv.Sandbox.Hooks;
using AmoLtv.Sandbox.OAuth;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox;

/// <summary>Everything before listening: the account's data made from the arguments, then the journal played back over it.</summary>
internal static class AccountStart
{
    /// <exception cref="SandboxException">The arguments do not fit each other, the file, or the data folder.</exception>
    public static SandboxContext Prepare(SandboxOptions options, SandboxClock clock)
    {
        Check(options);
        var widget = options.WidgetArchive is { } archive ? WidgetArchive.Read(archive) : null;
        var transactions = options.TransactionsFile is { } file ? TransactionsFile.Read(file) : null;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.Now, zone).DateTime);
        var kept = KeptArguments.Settle(options, transactions, new DateOnly(today.Year, today.Month, 1));
        var state = new SandboxState(clock, Facts(options, kept, zone), options.Integrations);
        var tokens = new TokenLedger(state) { IsLenient = options.LenientRefresh };
        AccountFurniture.Place(state);
        if (transactions is not null)
        {
            transactions.Place(state);
        }
        else
        {
            new DataGenerator(state, options, kept.Until).Generate();
            if (kept.Products)
            {
                new ProductShelf(state, options.Seed).Fill();
            }
        }

        state.Events.Settle();
        if (options.DataFolder is { } folder)
        {
            state.Journal = Journal.Open(folder, state, tokens);
        }

        var hooks = new HookSender(state);
        var context = new SandboxContext(options, state, tokens, new RateGate(options.Rate), new Statistics(clock, options.Rate), new FaultPlan(), hooks) { Widget = widget };
        if (options.Faults is { } faults)
        {
            context.Faults.Replace(Faults(faults), options.FaultSeed);
        }

        state.Hooks = new HookOutbox(state, hooks, () => context.AccountAddress.GetLeftPart(UriPartial.Authority));
        return context;
    }

    /// <exception cref="SandboxException">The scale is no scale.</exception>
    public static SandboxClock Clock(SandboxOptions options, TimeProvider machine)
    {
        Check(options);
        return new SandboxClock(machine, options.Now, options.TimeScale);
    }

    private static AccountFacts Facts(SandboxOptions options, KeptArguments kept, TimeZoneInfo zone)
    {
        var founded = new AccountFacts(options.AccountId, "Песочница", "sandbox", kept.Brand, "RUB", "₽", zone.Id, 0, kept.Filters);
        return founded with { CreatedAt = founded.At(kept.Until.AddMonths(-options.Months), 9) };
    }

    /// <summary>A file with a plan, or the plan itself.</summary>
    private static IReadOnlyList<Fault> Faults(string fileOrLine)
    {
        try
        {
            return FaultReader.ReadPlan(File.Exists(fileOrLine) ? File.ReadAllText(fileOrLine) : fileOrLine);
        }
        catch (FormatException wrong)
        {
            throw new SandboxException($"--faults: {wrong.Message}");
        }
    }

    private static void Check(SandboxOptions options)
    {
        Require(options.Rate is > 0 and <= 100_000, "--rate is a number of requests a second, above 0 and up to 100000.");
        Require(options.TimeScale is > 0 and <= 1_000_000, "--time-scale is above 0 and up to 1000000.");
        Require(options.Companies is >= 0 and <= 1_000_000, "--companies is 0 to 1000000.");
        Require(options.Leads is >= 0 and <= 10_000_000, "--leads is 0 to 10000000.");
        Require(options.Months is >= 1 and <= 240, "--months is 1 to 240.");
        Require(TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out _), $"This machine does not know the time zone '{options.TimeZone}'.");
        Require(options.AccountId > 0, "--account-id is above 0.");
        foreach (var integration in options.Integrations)
        {
            Require(Uri.TryCreate(integration.RedirectUri, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https", $"The redirect URI '{integration.RedirectUri}' of integration {integration.ClientId} is no http address.");
            Require(integration.ClientId.Length > 0 && integration.Secret.Length > 0, "An integration has a client id and a secret.");
        }
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new SandboxException(message);
        }
    }
}
