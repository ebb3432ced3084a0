using System.Globalization;
using AmoLtv.Sandbox;

namespace AmoLtv.Soak;

/// <summary>Everything about a trial that is decided beforehand: it follows from the seed alone.</summary>
/// <param name="Crm">The account and how its CRM behaves where the vendor leaves it open.</param>
/// <param name="Settings">The account's settings, as a person types them.</param>
/// <param name="ClockOff">By how much the service's clock is ahead of the CRM's.</param>
/// <param name="TellsAbsorbed">Whether merged cards leave events of their own.</param>
/// <param name="TouchesLinked">Whether a merge moves the time of change of cards whose links went over.</param>
/// <param name="Rounds">The disturbed rounds.</param>
internal sealed record TrialPlan(
    SandboxOptions Crm, IReadOnlyList<string> Settings, TimeSpan ClockOff, bool TellsAbsorbed, bool TouchesLinked, IReadOnlyList<RoundPlan> Rounds)
{
    /// <summary>A process that sleeps until the account has settled without it; null: none.</summary>
    public Sleeper? Sleeper { get; init; }

    /// <summary>
    /// Whether the settling night is one of those that look at everything: rows that a list left out, of which neither time nor event
    /// tells, are promised by the weekly scan and by nothing else.
    /// </summary>
    public bool IsLastNightWhole { get; init; }

    /// <summary>The number everything follows from.</summary>
    public int Seed => Crm.Seed;

    /// <summary>Sandbox seconds in a real one.</summary>
    public const double TimeScale = 5;

    /// <summary>One seed of so many has a round with the real program.</summary>
    private const int ProgramEvery = 10;

    /// <summary>The CRM shows no events to this account.</summary>
    private const string HiddenEvents = ";402,p=1,path=/api/v4/events";

    private const string SkippedRows = ";skip,p=0.3,rows=3";

    private static readonly DateTimeOffset Begin = new(2026, 3, 3, 9, 0, 0, TimeSpan.Zero);

    private static readonly string[][] SomeSettings =
    [
        [], [], [],
        ["headline=historical"],
        ["headline=total", "horizonMonths=6"],
        ["cost.kind=fixedMargin", "cost.marginPercent=35"],
        ["cost.kind=field", "cost.field=700001"],
        ["cac.kind=companyField", "cac.field=700011"],
        ["customer=contactOnly"],
        ["periodMonths=12", "discountPercent=10"],
    ];

    public static TrialPlan Of(int seed)
    {
        var random = new Random(seed);
        var rounds = random.Next(3, 6);
        var program = seed % ProgramEvery == 0 ? random.Next(rounds) : -1;
        var plan = new TrialPlan(
            CrmOf(seed, random),
            SomeSettings[random.Next(SomeSettings.Length)],
            // The program goes by the sandbox's clock itself, and one service's processes agree on theirs.
            program < 0 ? TimeSpan.FromSeconds(random.Next(-120, 121)) : TimeSpan.Zero,
            random.Next(2) == 0,
            random.Next(2) == 0,
            [.. Enumerable.Range(0, rounds).Select(round => Round(random, round == program))])
        {
            Sleeper = seed % 4 == 3 ? new Sleeper(random.Next(2, 13), (StopMoment)random.Next(3)) : null,
        };
        return (seed % 5) switch
        {
            1 => plan with { Rounds = [.. plan.Rounds.Select(round => round with { Faults = round.Faults + HiddenEvents })] },
            2 => plan with { Rounds = [.. plan.Rounds.Select(round => round with { Faults = round.Faults + SkippedRows })], IsLastNightWhole = true },
            _ => plan,
        };
    }

    /// <summary>An account in peace but for one sleeper.</summary>
    public static TrialPlan Asleep(int seed)
    {
        var plan = Of(seed);
        var night = plan.Rounds[0] with { Work = RoundWork.Night, End = RoundEnd.Itself, Faults = "", Edits = 0, SpreadMs = 0, Pause = TimeSpan.FromHours(1) };
        return plan with { Rounds = [night], IsLastNightWhole = false, Sleeper = new Sleeper(new Random(seed).Next(6, 13), StopMoment.After) };
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Crm.Companies} companies, {Crm.Leads} leads of {Crm.Months} months, {Crm.Brand}, filters {Crm.Filters}{(Crm.RefusesFilters ? " or refused" : "")}, "
        + $"webhooks {Crm.Webhooks}, lenient refresh {Crm.LenientRefresh}, partial batches {Crm.PartialBatches}, dangling next {Crm.DanglingNext}, "
        + $"hides trashed links {Crm.HidesTrashedLinks}, largest batch {Crm.LargestBatch}, merges tell the absorbed {TellsAbsorbed}, touch the linked {TouchesLinked}; "
        + $"settings {string.Join(' ', Settings)}; our clock is {ClockOff.TotalSeconds} s ahead; {Sleeper?.ToString() ?? "nobody sleeps"}; the last night looks at {(IsLastNightWhole ? "everything" : "changes")}");

    private static SandboxOptions CrmOf(int seed, Random random)
    {
        var now = Begin.AddDays(random.Next(28));
        var brand = random.Next(3) == 0 ? Brand.Kommo : Brand.Amocrm;
        return new SandboxOptions
        {
            Seed = seed,
            Companies = random.Next(5, 16),
            // Lists of more than a page need more than 250.
            Leads = random.Next(6) == 0 ? random.Next(260, 600) : random.Next(20, 61),
            Months = random.Next(4, 31),
            Brand = brand,
            // Kommo sells no filters apart.
            Filters = random.Next(2) == 0 || brand == Brand.Kommo,
            RefusesFilters = random.Next(4) == 0,
            Webhooks = random.Next(3) > 0,
            LenientRefresh = random.Next(2) == 0,
            PartialBatches = random.Next(2) == 0,
            DanglingNext = random.Next(3) == 0,
            HidesTrashedLinks = random.Next(3) == 0,
            LargestBatch = random.Next(3) == 0 ? random.Next(2, 8) : null,
            Now = now,
            Until = DateOnly.FromDateTime(now.Date),
            TimeScale = TimeScale,
        };
    }

    private static RoundPlan Round(Random random, bool isProgram)
    {
        var work = random.Next(8) switch { < 4 => RoundWork.Night, 4 => RoundWork.Sync, 5 => RoundWork.Value, _ => RoundWork.Jobs };
        var end = isProgram ? RoundEnd.ProgramKilled : random.Next(10) switch
        {
            < 3 => RoundEnd.Itself,
            < 6 => RoundEnd.KilledAtRequest,
            6 => RoundEnd.KilledAnywhere,
            7 => RoundEnd.Cancelled,
            _ => RoundEnd.Frozen,
        };
        var isAtWrite = end is RoundEnd.KilledAtRequest or RoundEnd.Frozen && random.Next(2) == 0;
        var at = end is RoundEnd.KilledAnywhere or RoundEnd.Cancelled or RoundEnd.ProgramKilled ? random.Next(50, 4000)
            : isAtWrite ? random.Next(1, 4) : random.Next(1, 35);
        var pause = random.Next(4) switch
        {
            0 => TimeSpan.Zero,
            1 => TimeSpan.FromMinutes(random.Next(1, 60)),
            2 => TimeSpan.FromHours(random.Next(1, 30)),
            _ => TimeSpan.FromHours(random.Next(10, 14) + (random.Next(8) == 0 ? 24 * 7 : 0)),
        };
        var moment = (StopMoment)random.Next(3);
        return new RoundPlan(work, end, at, moment, isAtWrite, FaultMix.Of(random), random.Next(0, 16), random.Next(0, 3000), pause);
    }
}
