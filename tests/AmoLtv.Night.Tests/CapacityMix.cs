namespace AmoLtv.Night;

/// <summary>Which accounts there are and what they do: assumed, not measured.</summary>
internal sealed record CapacityMix
{
    /// <summary>Parts of all accounts by their leads; the parts add up to 1.</summary>
    public IReadOnlyList<(double Part, int Leads)> Sizes { get; init; } = [(0.70, 500), (0.25, 3_000), (0.045, 20_000), (0.005, 200_000)];

    /// <summary>Part of the leads that change in a day, 0..1.</summary>
    public double ChangedInADay { get; init; } = 0.005;

    /// <summary>Hours of the night: nearly all accounts are of one or two time zones, and their numbers are to be there in the morning.</summary>
    public double WindowHours { get; init; } = 5;

    /// <summary>Cards opened in an account in a day of <see cref="CardHours"/>; in the busiest hour twice as many as on average.</summary>
    public double CardsInADay { get; init; } = 200;

    public double CardHours { get; init; } = 9;

    public double LeadsOnAverage => Sizes.Sum(size => size.Part * size.Leads);

    public int LargestLeads => Sizes.Max(size => size.Leads);
}
