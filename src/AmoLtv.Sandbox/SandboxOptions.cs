using System.Net;

namespace AmoLtv.Sandbox;

/// <summary>How a sandbox starts. Everything has a default: <c>new SandboxOptions()</c> is a small amocrm.ru account on a free port.</summary>
public sealed record SandboxOptions
{
    /// <summary>Addresses to listen on, <c>http</c> and <c>https</c>, loopback only; port 0 takes a free one.</summary>
    public IReadOnlyList<string> Urls { get; init; } = ["http://127.0.0.1:0"];

    public long AccountId { get; init; } = 31_415_926;

    /// <summary>The loopback address from which installs are announced, 127.0.0.0/8: the CRM has many. Null: the machine chooses.</summary>
    public IPAddress? CallsFrom { get; init; }

    /// <summary>The account's time zone, by its IANA name.</summary>
    public string TimeZone { get; init; } = "Europe/Moscow";

    /// <summary>Null: amocrm, or kommo when the transactions have fractions of money.</summary>
    public Brand? Brand { get; init; }

    public IReadOnlyList<SandboxIntegration> Integrations { get; init; } = [DefaultIntegration];

    /// <summary>The integration there is when none is named.</summary>
    public static SandboxIntegration DefaultIntegration { get; } = new(
        "11111111-2222-3333-4444-555555555555",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "http://127.0.0.1/oauth/callback");

    /// <summary>Generated data is a function of the seed, the sizes and the end date alone.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Companies to generate, 0..1,000,000.</summary>
    public int Companies { get; init; } = 60;

    /// <summary>Leads to generate, 0..10,000,000; exactly so many are served.</summary>
    public int Leads { get; init; } = 400;

    /// <summary>Months of history before <see cref="Until"/>, 1..240.</summary>
    public int Months { get; init; } = 36;

    /// <summary>The generated history ends before this local day; null: the first of the clock's current month.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>The generated account has a list of products and links them to leads. What else is generated does not depend on it.</summary>
    public bool Products { get; init; } = true;

    /// <summary>A CSV <c>customer_id,date,amount</c> served as won leads of companies, in place of generated data.</summary>
    public string? TransactionsFile { get; init; }

    /// <summary>Requests a second per integration before 429; the account's own limit is 50/7 of it.</summary>
    public double Rate { get; init; } = 7;

    /// <summary>Sandbox seconds in a real second.</summary>
    public double TimeScale { get; init; } = 1;

    /// <summary>Failures from the start: a file, or a line such as <c>500,p=0.02;lost,p=0.01</c>; null: none.</summary>
    public string? Faults { get; init; }

    /// <summary>Which requests a fault with a probability strikes follows from this.</summary>
    public int FaultSeed { get; init; } = 1;

    /// <summary>Where the sandbox's clock starts; null: the machine's time.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>The paid filter add-on; null: off on amocrm, on on kommo.</summary>
    public bool? Filters { get; init; }

    /// <summary>What becomes of <c>filter[...]</c> while the add-on is off: the vendor does not say. False: ignored, the full list comes back; true: 400.</summary>
    public bool RefusesFilters { get; init; }

    /// <summary>Elements of a PATCH or POST above which the gateway gives up with 504; null: the documented 250 alone.</summary>
    public int? LargestBatch { get; init; }

    /// <summary>True: links to rows in the trash are not shown; false: they are.</summary>
    public bool HidesTrashedLinks { get; init; }

    /// <summary>The account's plan has webhooks; without them the subscription API answers 402.</summary>
    public bool Webhooks { get; init; } = true;

    /// <summary>True: a superseded refresh token works until its successor is used (Kommo's documentation); false: it works once.</summary>
    public bool LenientRefresh { get; init; }

    /// <summary>True: a PATCH with bad elements saves the good ones; false: it saves none.</summary>
    public bool PartialBatches { get; init; }

    /// <summary>True: the last page names a next one, which is then 204.</summary>
    public bool DanglingNext { get; init; }

    /// <summary>Decimals that numeric fields keep; null: all that were sent.</summary>
    public int? NumericDecimals { get; init; }

    public DeniedAnswer DeniedAnswer { get; init; } = DeniedAnswer.NoContent;

    /// <summary>Folder of the journal; null: the state lives in memory alone.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The packed widget archive that the card page loads.</summary>
    public string? WidgetArchive { get; init; }

    /// <summary>A <c>node_modules</c> folder with requirejs, jquery 2.1.3 and underscore 1.9.1, which the card page loads.</summary>
    public string? ModulesFolder { get; init; }

    /// <summary>Given to the widget as the saved setting <c>backend</c>.</summary>
    public string? Backend { get; init; }

    /// <summary>Lines for a person: progress and what was decided. Null: silence.</summary>
    public Action<string>? Say { get; init; }
}
