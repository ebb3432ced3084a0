using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Attribution;

/// <summary>What moving the sliders would do, beside today. A sketch of proportions, not a forecast of its own.</summary>
/// <param name="Today">The account as it stands.</param>
/// <param name="Moved">The account with the sliders moved.</param>
public sealed record Scenario(ScenarioFigures Today, ScenarioFigures Moved)
{
    /// <summary>A month: retention near 0 leaves no shorter lifetime.</summary>
    private const double ShortestLifetimeYears = 1.0 / 12;

    /// <summary>
    /// Retention moves the lifetime through the even rate of loss (<see cref="Survival"/>). What the clients of today bring
    /// goes with the value of a purchase, with their frequency, and with the time they are expected to stay within the year;
    /// its interval goes in the same proportion. With a margin of 0 today there is no proportion: then margin moves the LTV
    /// and the new clients alone.
    /// </summary>
    /// <param name="inputs">In their ranges.</param>
    /// <param name="moves">In their ranges.</param>
    /// <exception cref="ArgumentOutOfRangeException">A move is out of its range.</exception>
    public static Scenario Of(ScenarioInputs inputs, ScenarioMoves moves)
    {
        moves.Check();
        return new Scenario(ScenarioFigures.Of(inputs), ScenarioFigures.Of(Move(inputs, moves)));
    }

    private static ScenarioInputs Move(ScenarioInputs inputs, ScenarioMoves moves)
    {
        var moved = inputs with
        {
            AverageOrderValue = inputs.AverageOrderValue * (decimal)Factor(moves.AverageOrderValuePercent),
            PurchasesPerYear = inputs.PurchasesPerYear * Factor(moves.FrequencyPercent),
            LifetimeYears = MoveLifetime(inputs, moves.RetentionPoints),
            MarginPercent = inputs.MarginPercent + (decimal)moves.MarginPoints,
            NewClientsPerMonth = inputs.NewClientsPerMonth * Factor(moves.NewClientsPercent),
            Cac = inputs.Cac * (decimal)Factor(moves.CacPercent),
        };
        var factor = Factor(moves.AverageOrderValuePercent) * Factor(moves.FrequencyPercent)
            * (inputs.ValueShare == 0 ? 1 : moved.ValueShare / inputs.ValueShare)
            * Survival.YearsWithin(1, moved.LifetimeYears) / Survival.YearsWithin(1, inputs.LifetimeYears);
        return moved with
        {
            KnownClientsValue = Money.Times(inputs.KnownClientsValue, factor),
            KnownClientsInterval = inputs.KnownClientsInterval is { } interval ? Times(interval, factor) : null,
        };
    }

    private static double MoveLifetime(ScenarioInputs inputs, double points)
    {
        if (points == 0)
        {
            return inputs.LifetimeYears;
        }

        var retention = Survival.YearlyRetention(inputs.LifetimeYears) + (points / 100);
        var shortest = Math.Min(ShortestLifetimeYears, inputs.LifetimeYears);
        var longest = Math.Max(inputs.MaximumLifetimeYears, inputs.LifetimeYears);
        return retention switch
        {
            <= 0 => shortest,
            >= 1 => longest,
            _ => Math.Clamp(Survival.LifetimeYears(retention), shortest, longest),
        };
    }

    /// <summary>A margin below 0 turns the interval round.</summary>
    private static MoneyInterval Times(MoneyInterval interval, double factor)
    {
        var (one, other) = (Money.Times(interval.Low, factor), Money.Times(interval.High, factor));
        return new MoneyInterval(Math.Min(one, other), Math.Max(one, other));
    }

    private static double Factor(double percent) => 1 + (percent / 100);
}
