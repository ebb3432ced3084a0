namespace AmoLtv.Host.Analytics.Lists;

/// <summary>Which clients are listed, as the query says; what is left out does not matter. All that is given has to hold.</summary>
public sealed record ClientFilter
{
    /// <summary>Code of a tier; <c>unknown</c>: not cut yet.</summary>
    public string? Tier { get; init; }

    /// <summary>RFM group, in camel case; <c>unknown</c>: not cut yet.</summary>
    public string? Rfm { get; init; }

    /// <summary>Score, 1 to 5.</summary>
    public int? Recency { get; init; }

    /// <summary>Score, 1 to 5.</summary>
    public int? Frequency { get; init; }

    /// <summary>Life-cycle states, in camel case, separated by commas; <c>unknown</c>: not cut yet.</summary>
    public string? Lifecycle { get; init; }

    /// <summary>Name of a channel, whatever its case; <c>-</c>: without one.</summary>
    public string? Channel { get; init; }

    /// <summary>Number of the responsible user; <c>-</c>: nobody.</summary>
    public string? Manager { get; init; }

    /// <summary>Period of the first purchase: 2026, 2026-03, 2026-Q1, or two days with a colon between.</summary>
    public string? Cohort { get; init; }

    /// <summary>Period in which the client bought, written as <see cref="Cohort"/>.</summary>
    public string? Bought { get; init; }

    /// <summary>Code of the tier the client is close to; <c>any</c>: of any.</summary>
    public string? Near { get; init; }

    /// <summary>Lower end of the RepeatProbability, 0 to 1, inside.</summary>
    public double? ProbabilityFrom { get; init; }

    /// <summary>Upper end, outside it but for 1.</summary>
    public double? ProbabilityTo { get; init; }

    /// <summary>Whether there is a forecast.</summary>
    public bool? Forecast { get; init; }

    /// <summary>Whether the cost of acquiring is known.</summary>
    public bool? Acquired { get; init; }

    /// <summary>Name of a driver, together with <see cref="Level"/>.</summary>
    public string? Driver { get; init; }

    /// <summary>Level of that driver.</summary>
    public string? Level { get; init; }

    /// <summary>A product the client bought, as <c>list:element</c>; <c>any</c>: of any.</summary>
    public string? Product { get; init; }

    /// <summary>Whether on more than one day, together with <see cref="Product"/>.</summary>
    public bool? Repeated { get; init; }

    /// <summary>A product first bought on a later day than <see cref="Product"/>, which has to be given.</summary>
    public string? Later { get; init; }

    /// <summary>A product the client never bought.</summary>
    public string? Without { get; init; }

    /// <summary>Part of the company's name, whatever its case.</summary>
    public string? Search { get; init; }
}
