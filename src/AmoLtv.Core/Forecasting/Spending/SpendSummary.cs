namespace AmoLtv.Core.Forecasting.Spending;

/// <summary>What the spend models know of one customer.</summary>
/// <param name="Count">Purchases the mean is of: for Gamma-Gamma the repeat purchases with an amount; 0 where there is none.</param>
/// <param name="Mean">Their mean value in the account's currency; 0 where there is none.</param>
/// <param name="SumOfSquares">Σ (value − mean)², 0 where unknown; only <see cref="ShrunkMean"/> uses it.</param>
public readonly record struct SpendSummary(int Count, double Mean, double SumOfSquares = 0)
{
    /// <summary>True where the customer can take part in a model of positive amounts.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsPositive => Count > 0 && Mean > 0 && double.IsFinite(Mean);

    /// <summary>The summary of a customer's amounts (Welford 1962).</summary>
    public static SpendSummary Of(ReadOnlySpan<double> amounts)
    {
        double mean = 0, squares = 0;
        for (var i = 0; i < amounts.Length; i++)
        {
            var distance = amounts[i] - mean;
            mean += distance / (i + 1);
            squares += distance * (amounts[i] - mean);
        }

        return new SpendSummary(amounts.Length, mean, squares);
    }

    /// <summary>The summary of the positive ones among a customer's amounts.</summary>
    public static SpendSummary OfPositive(ReadOnlySpan<double> amounts)
    {
        double mean = 0, squares = 0;
        var count = 0;
        foreach (var amount in amounts)
        {
            if (amount > 0)
            {
                var distance = amount - mean;
                mean += distance / ++count;
                squares += distance * (amount - mean);
            }
        }

        return new SpendSummary(count, mean, squares);
    }
}
